//! A vendor to ask: it answers what a test says, and remembers what it was asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A question, with its query and headers (in lower case) by name.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: BTreeMap<String, String>,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Asked {
    /// Its body as JSON; null if there is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// What is answered.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    Says {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: String,
    },
    /// The connection ends after that many bytes of the answer.
    Breaks(usize),
    /// Nothing, ever.
    Hangs,
}

impl Reply {
    pub(crate) fn json(body: &(impl ToString + ?Sized)) -> Self {
        Self::Says { status: 200, headers: Vec::new(), body: body.to_string() }
    }

    pub(crate) fn with_status(status: u16, body: &Value) -> Self {
        Self::Says { status, headers: Vec::new(), body: body.to_string() }
    }

    pub(crate) fn status(status: u16) -> Self {
        Self::Says { status, headers: Vec::new(), body: String::new() }
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Says { headers, .. } = &mut self {
            headers.push((name, value.to_string()));
        }
        self
    }

    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Says { status, headers, body } => {
                let headers = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
                let headers = headers.collect::<Vec<_>>().concat();
                let length = body.len();
                format!(
                    "HTTP/1.1 {status} -\r\nconnection: close\r\ncontent-length: {length}\r\n\
                     {headers}\r\n{body}"
                )
                .into_bytes()
            }
            Self::Breaks(after) => {
                let whole = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n[{\"sha\":";
                whole.iter().copied().take(*after).collect()
            }
            Self::Hangs => Vec::new(),
        }
    }
}

pub(crate) struct Server {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    pub(crate) async fn start(reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, reply) = (asked.clone(), Arc::new(reply));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (log, reply) = (log.clone(), reply.clone());
                tokio::spawn(async move { serve(stream, &log, &*reply).await });
            }
        });
        Self { url, asked }
    }

    /// What it was asked since the last time.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

async fn serve(
    mut stream: TcpStream,
    log: &Mutex<Vec<Asked>>,
    reply: &(dyn Fn(&Asked) -> Reply + Sync),
) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let Ok(byte) = stream.read_u8().await else { return };
        head.push(byte);
    }
    let mut asked = parse(&String::from_utf8(head).unwrap());
    let length = asked.headers.get("content-length").map_or(0, |it| it.parse().unwrap());
    asked.body = vec![0; length];
    stream.read_exact(&mut asked.body).await.unwrap();
    let answer = reply(&asked);
    log.lock().unwrap().push(asked);
    if matches!(answer, Reply::Hangs) {
        return std::future::pending().await;
    }
    let answer = answer.bytes();
    // Whoever asked may have gone, since the answer was too large.
    let _ = stream.write_all(&answer).await;
    let _ = stream.shutdown().await;
}

fn parse(head: &str) -> Asked {
    let mut lines = head.lines();
    let mut words = lines.next().unwrap().split(' ');
    let (method, target) = (words.next().unwrap(), words.next().unwrap());
    let url: reqwest::Url = format!("http://vendor{target}").parse().unwrap();
    let headers = lines.filter_map(|line| line.split_once(": "));
    Asked {
        method: method.to_owned(),
        path: url.path().to_owned(),
        query: url.query_pairs().into_owned().collect(),
        headers: headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect(),
        body: Vec::new(),
    }
}
