//! Mail by SMTP.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

/// Why a mail was not sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The address of the mail server cannot be used.
    #[error("AFTERWORD_SMTP_URL cannot be used ({0}); write smtp://USER:PASSWORD@HOST:PORT")]
    Url(String),
    /// An address cannot be written to.
    #[error("the address cannot be written to: {0}")]
    Address(#[from] lettre::address::AddressError),
    /// The message cannot be put together.
    #[error("the message cannot be put together: {0}")]
    Message(#[from] lettre::error::Error),
    /// The mail server refused or did not answer.
    #[error("the mail server refused or did not answer: {0}")]
    Server(#[from] lettre::transport::smtp::Error),
}

/// A mail server that hangs must not hold anything up for ever.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Sends plain-text mail.
#[derive(Clone, Debug)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// A mailer for `smtp://` or `smtps://`; `host` is that of the installation's public address.
    pub fn new(smtp_url: &str, host: &str) -> Result<Self, MailError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(smtp_url)
            .map_err(|error| MailError::Url(error.to_string()))?
            .timeout(Some(TIMEOUT))
            .build();
        let from = Mailbox::new(Some("Afterword".to_owned()), format!("afterword@{host}").parse()?);
        Ok(Self { transport, from })
    }

    /// Sends a message to one address; returns when the mail server has taken it.
    pub async fn send(&self, to: &str, subject: &str, text: String) -> Result<(), MailError> {
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.parse()?))
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(text)?;
        self.transport.send(message).await?;
        Ok(())
    }
}
