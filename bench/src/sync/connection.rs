//! One WebSocket to one document.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Bytes, Message};
use yrs::ClientID;

use crate::protocol::{Channel, Incoming};
use crate::server::Address;

/// How long a server may take to say what a client waits for.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

type Socket = WebSocketStream<TcpStream>;

/// Joined: the server has sent what the document held.
pub(crate) struct Connection {
    pub(crate) sender: Sender,
    pub(crate) receiver: Receiver,
    /// The document's contents as an update.
    pub(crate) contents: Vec<u8>,
    pub(crate) contents_at: Instant,
}

impl Connection {
    /// Connects and exchanges what both sides have, as `y-websocket` does.
    pub(crate) async fn open(address: &Address) -> Result<Self> {
        timeout(PATIENCE, Self::join(address))
            .await
            .with_context(|| format!("the server did not let a client join in {PATIENCE:?}"))?
    }

    async fn join(address: &Address) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", address.port)).await?;
        stream.set_nodelay(true)?;
        let (socket, _) = tokio_tungstenite::client_async(&address.url, stream).await?;
        let (sink, stream) = socket.split();
        let channel = address.channel.clone();
        let mut sender = Sender { sink, channel: channel.clone() };
        let mut receiver = Receiver { stream, channel };
        for message in address.channel.greeting() {
            sender.send(message).await?;
        }
        let (contents, contents_at) = exchange(&mut sender, &mut receiver).await?;
        Ok(Self { sender, receiver, contents, contents_at })
    }
}

/// Answers the server's question and waits for the document's contents, in whichever order.
async fn exchange(sender: &mut Sender, receiver: &mut Receiver) -> Result<(Vec<u8>, Instant)> {
    let mut answered = false;
    let mut contents = None;
    loop {
        let frame = receiver.frame().await?;
        match receiver.read(&frame)? {
            Incoming::Question => {
                sender.send(sender.channel.empty_contents()).await?;
                answered = true;
            }
            Incoming::Contents(update) => contents = Some((update.to_vec(), Instant::now())),
            _ => {}
        }
        match contents {
            Some(contents) if answered => return Ok(contents),
            _ => {}
        }
    }
}

pub(crate) struct Sender {
    sink: SplitSink<Socket, Message>,
    channel: Channel,
}

impl Sender {
    pub(crate) async fn update(&mut self, update: &[u8]) -> Result<()> {
        self.send(self.channel.update(update)).await
    }

    pub(crate) async fn presence(
        &mut self,
        client: ClientID,
        clock: u32,
        caret: u32,
    ) -> Result<()> {
        self.send(self.channel.presence(client, clock, caret)).await
    }

    /// Hands over an update without waiting until it is on the wire.
    pub(crate) async fn feed_update(&mut self, update: &[u8]) -> Result<()> {
        let frame = self.channel.update(update);
        Ok(self.sink.feed(Message::Binary(frame.into())).await?)
    }

    pub(crate) async fn flush(&mut self) -> Result<()> {
        Ok(self.sink.flush().await?)
    }

    async fn send(&mut self, frame: Vec<u8>) -> Result<()> {
        Ok(self.sink.send(Message::Binary(frame.into())).await?)
    }
}

pub(crate) struct Receiver {
    stream: SplitStream<Socket>,
    channel: Channel,
}

impl Receiver {
    pub(crate) async fn frame(&mut self) -> Result<Bytes> {
        loop {
            match self.stream.next().await.context("the server hung up")?? {
                Message::Binary(frame) => return Ok(frame),
                Message::Close(reason) => bail!("the server closed the connection: {reason:?}"),
                _ => {}
            }
        }
    }

    /// What a frame says; a refusal is an error.
    pub(crate) fn read<'a>(&self, frame: &'a [u8]) -> Result<Incoming<'a>> {
        match self.channel.read(frame)? {
            Incoming::Refused(reason) => bail!("the server refused: {reason}"),
            incoming => Ok(incoming),
        }
    }
}
