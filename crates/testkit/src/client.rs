//! A peer over a WebSocket, as a browser is one.

use anyhow::{Context as _, Result, bail};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{Bytes, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::peer::{Heard, Peer};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A document, and the connection to its record while there is one.
#[derive(Debug)]
pub struct Client {
    /// What this client has and knows.
    pub peer: Peer,
    socket: Option<Socket>,
}

impl Client {
    /// Somebody who is offline.
    pub fn new(peer: Peer) -> Self {
        Self { peer, socket: None }
    }

    /// Goes online: `url` is that of the server, `http://…`.
    pub async fn connect(&mut self, url: &str, record: &str, token: &str) -> Result<()> {
        let host = url.strip_prefix("http://").context("an address of a server without TLS")?;
        let address = format!("ws://{host}/sync/{record}?token={token}&acks=1");
        let (socket, _) = connect_async(address).await?;
        self.socket = Some(socket);
        let hello = self.peer.hello();
        self.send(hello).await
    }

    /// Goes offline and keeps the document.
    pub fn disconnect(&mut self) {
        self.socket = None;
    }

    fn socket(&mut self) -> Result<&mut Socket> {
        self.socket.as_mut().context("this client is offline")
    }

    /// Sends a frame.
    pub async fn send(&mut self, frame: Vec<u8>) -> Result<()> {
        Ok(self.socket()?.send(Message::Binary(frame.into())).await?)
    }

    /// Takes the next frame, and answers it where it is a question.
    pub async fn hear(&mut self) -> Result<Heard> {
        let frame = self.receive().await?;
        let heard = self.peer.hear(&frame)?;
        if let Heard::Asked { reply } = &heard {
            self.send(reply.clone()).await?;
        }
        Ok(heard)
    }

    async fn receive(&mut self) -> Result<Bytes> {
        loop {
            match self.socket()?.next().await.context("the connection ended")?? {
                Message::Binary(frame) => return Ok(frame),
                Message::Close(Some(frame)) => bail!("closed: {} {}", frame.code, frame.reason),
                Message::Close(None) => bail!("closed without a reason"),
                Message::Text(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
            }
        }
    }

    /// Takes what comes until that is so.
    pub async fn until(&mut self, wanted: impl Fn(&Peer) -> bool) -> Result<()> {
        while !wanted(&self.peer) {
            self.hear().await?;
        }
        Ok(())
    }

    /// Takes what comes until this client has what the server had.
    pub async fn synced(&mut self) -> Result<()> {
        while self.hear().await? != Heard::Synced {}
        Ok(())
    }
}
