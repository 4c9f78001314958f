//! Mail by SMTP.

mod invitation;
mod letter;

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::{ContentType, ContentTypeErr};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

pub use invitation::Invitation;
pub use letter::Letter;

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
    /// A part of the message has no name that mail programs know.
    #[error("a part of the message cannot be named: {0}")]
    Part(#[from] ContentTypeErr),
    /// The mail server refused or did not answer.
    #[error("the mail server refused or did not answer: {0}")]
    Server(#[from] lettre::transport::smtp::Error),
    /// The mail server hangs.
    #[error("the mail server did not take the message within {} seconds", .0.as_secs())]
    TimedOut(Duration),
}

impl MailError {
    /// Whether the same message is refused every time, so that somebody has to change something.
    pub fn is_for_good(&self) -> bool {
        match self {
            Self::Url(_) | Self::Address(_) | Self::Message(_) | Self::Part(_) => true,
            Self::Server(error) => error.is_permanent(),
            Self::TimedOut(_) => false,
        }
    }
}

/// A mail server that hangs must not hold anything up for ever: for each step,
const STEP: Duration = Duration::from_secs(20);
/// and for all of them together.
const TIMEOUT: Duration = Duration::from_secs(40);

/// Sends mail.
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
            .timeout(Some(STEP))
            .build();
        let from = Mailbox::new(Some("Afterword".to_owned()), format!("afterword@{host}").parse()?);
        Ok(Self { transport, from })
    }

    /// Sends a plain text to one address; returns when the mail server has taken it.
    pub async fn send(&self, to: &str, subject: &str, text: String) -> Result<(), MailError> {
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.parse()?))
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(text)?;
        self.hand_over(message).await
    }

    /// The address that mail comes from.
    pub fn address(&self) -> String {
        self.from.email.to_string()
    }

    /// Sends an invitation; returns when the mail server has taken it.
    pub async fn send_invitation(&self, invitation: &Invitation) -> Result<(), MailError> {
        let message = invitation.message(&self.from)?;
        self.hand_over(message).await
    }

    /// Sends a letter; returns when the mail server has taken it.
    pub async fn send_letter(&self, letter: &Letter) -> Result<(), MailError> {
        let message = letter.message(&self.from)?;
        self.hand_over(message).await
    }

    async fn hand_over(&self, message: Message) -> Result<(), MailError> {
        let sent = tokio::time::timeout(TIMEOUT, self.transport.send(message)).await;
        sent.map_err(|_| MailError::TimedOut(TIMEOUT))??;
        Ok(())
    }
}
