//! Live editing: the WebSocket, which only carries frames between a client and its room.

use std::ops::ControlFlow;
use std::sync::Arc;

use afterword_app::{App, AppError, Connection, FrameSender, MAX_FRAME_BYTES, Outgoing, close};
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::response::Response;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use serde::Deserialize;
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant, interval_at, timeout};

use crate::auth::visitor;
use crate::extract::{Path, Query};

/// What the address may say.
#[derive(Deserialize)]
pub(crate) struct Options {
    /// A bearer token, since browsers cannot set headers on a WebSocket.
    token: Option<String>,
    /// `1`: tell me what is saved.
    acks: Option<String>,
}

/// Proxies end connections that say nothing, and a client that vanished is found out.
const PING_EVERY: Duration = Duration::from_secs(25);

/// An edit is smaller, and a larger message makes room for itself. With the 128 KiB that are usual,
/// a thousand idle pages would hold 128 MiB; and it is cleared before each read.
const READ_BUFFER_BYTES: usize = 512;

/// Who sends more than a message may hold is told so, which needs its message read to the end;
/// beyond this the connection just breaks.
const READ_TO_THE_END_BYTES: usize = 4 * MAX_FRAME_BYTES;

/// How long a client may take to read what is sent to it.
const PATIENCE: Duration = Duration::from_secs(30);

/// Join the live session on a record.
pub(crate) async fn sync(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(options): Query<Options>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let joined = match visitor(&app, &headers, options.token.as_deref()).await {
        Ok(caller) => {
            let acks = options.acks.is_some_and(|acks| acks == "1");
            app.join(&caller, &id, acks).await
        }
        Err(error) => Err(error.into_inner()),
    };
    // Refused only after the upgrade: a browser learns nothing from a refused one, but it does
    // from a close code.
    upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .max_message_size(READ_TO_THE_END_BYTES)
        .max_frame_size(READ_TO_THE_END_BYTES)
        .on_upgrade(move |socket| async move {
            match joined {
                Ok(connection) => serve(socket, connection).await,
                Err(error) => refuse(socket, &error).await,
            }
        })
}

async fn refuse(mut socket: WebSocket, error: &AppError) {
    let code = match error {
        AppError::NotSignedIn(_) => close::NOT_SIGNED_IN,
        AppError::Forbidden(_) => close::NOT_PERMITTED,
        AppError::NotFound(_) => close::NOT_FOUND,
        _ => close::NOT_AVAILABLE,
    };
    // Whoever went away meanwhile needs no reason.
    let _ = socket.send(closing(code, &error.to_string())).await;
}

/// A close frame; the protocol allows 123 bytes of reason.
fn closing(code: u16, reason: &str) -> Message {
    let mut end = reason.len().min(123);
    while !reason.is_char_boundary(end) {
        end -= 1;
    }
    let reason = reason.get(..end).unwrap_or_default().into();
    Message::Close(Some(CloseFrame { code, reason }))
}

async fn serve(socket: WebSocket, mut connection: Connection) {
    let (mut client, messages) = socket.split();
    // A task of its own, so that an edit on its way to fifty screens wakes only what writes; it
    // ends when this set is dropped.
    let mut reading = JoinSet::new();
    reading.spawn(read(messages, connection.sender()));
    let mut pings = interval_at(Instant::now() + PING_EVERY, PING_EVERY);
    loop {
        let message = tokio::select! {
            biased;
            outgoing = connection.next() => outgoing_message(outgoing),
            _ = pings.tick() => Message::Ping(bytes::Bytes::new()),
            ended = reading.join_next() => match ended {
                Some(Ok(Some(last))) => last,
                _ => return,
            },
        };
        // Whoever does not read for so long has gone, whatever the network says.
        let sent = timeout(PATIENCE, send(&mut client, message, &mut connection)).await;
        if !matches!(sent, Ok(Ok(ControlFlow::Continue(())))) {
            return;
        }
    }
}

/// Sends a message and whatever else waits, with one write to the network; breaks after the last.
async fn send(
    client: &mut SplitSink<WebSocket, Message>,
    mut message: Message,
    connection: &mut Connection,
) -> Result<ControlFlow<()>, axum::Error> {
    loop {
        let last = matches!(message, Message::Close(_));
        client.feed(message).await?;
        if last {
            client.flush().await?;
            return Ok(ControlFlow::Break(()));
        }
        match connection.waiting() {
            Some(outgoing) => message = outgoing_message(Some(outgoing)),
            None => break,
        }
    }
    client.flush().await?;
    Ok(ControlFlow::Continue(()))
}

/// Hands in what the client sends; answers what is to be sent last, unless the client has gone.
async fn read(mut messages: SplitStream<WebSocket>, room: FrameSender) -> Option<Message> {
    while let Some(Ok(message)) = messages.next().await {
        let last = hand_in(message, &room).await;
        if last.is_some() {
            return last;
        }
    }
    None
}

fn outgoing_message(outgoing: Option<Outgoing>) -> Message {
    match outgoing {
        Some(Outgoing::Frame(frame)) => Message::Binary(frame),
        Some(Outgoing::Close(code, reason)) => closing(code, &reason),
        None => closing(close::TOO_SLOW, "this connection does not keep up; come back"),
    }
}

/// Hands a client's message to the room; answers what ends the connection, if anything does.
async fn hand_in(message: Message, room: &FrameSender) -> Option<Message> {
    match message {
        Message::Binary(frame) if frame.len() > MAX_FRAME_BYTES => {
            Some(closing(close::TOO_LARGE, "this message is too large: send less at once"))
        }
        Message::Binary(frame) => {
            let sent = room.send(frame.into()).await;
            sent.err().map(|error| closing(close::NOT_AVAILABLE, &error.to_string()))
        }
        Message::Close(_) => Some(Message::Close(None)),
        // Text is not part of the protocol; pings are answered below us.
        Message::Text(_) | Message::Ping(_) | Message::Pong(_) => None,
    }
}
