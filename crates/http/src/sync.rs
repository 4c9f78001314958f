//! Live editing: the WebSocket, which only carries frames between a client and its room.

use std::sync::Arc;

use afterword_app::{App, AppError, Connection, FrameSender, MAX_FRAME_BYTES, Outgoing, close};
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use tokio::time::{Duration, Instant, interval_at};

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

/// An edit is far smaller; with the 128 KiB that are usual, a thousand idle pages would hold
/// 128 MiB.
const READ_BUFFER_BYTES: usize = 4 * 1024;

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

async fn serve(mut socket: WebSocket, mut connection: Connection) {
    let room = connection.sender();
    let mut pings = interval_at(Instant::now() + PING_EVERY, PING_EVERY);
    loop {
        let next = tokio::select! {
            outgoing = connection.next() => Some(outgoing_message(outgoing)),
            _ = pings.tick() => Some(Message::Ping(bytes::Bytes::new())),
            incoming = socket.recv() => match incoming {
                Some(Ok(message)) => hand_in(message, &room).await,
                Some(Err(_)) | None => return,
            },
        };
        let Some(message) = next else { continue };
        let last = matches!(message, Message::Close(_));
        // Whoever does not read for so long has gone, whatever the network says.
        let sent = tokio::time::timeout(PATIENCE, socket.send(message)).await;
        if last || !matches!(sent, Ok(Ok(()))) {
            return;
        }
    }
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
