//! What a client and a server say to each other about one document, in the two dialects that the
//! servers speak: the plain y-protocols, and Hocuspocus' framing of them.

mod hocuspocus;
mod yjs;

use anyhow::Result;
use yrs::ClientID;

/// The language of one server.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Dialect {
    Yjs,
    Hocuspocus,
}

/// What the server says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Incoming<'a> {
    /// Sync step 1: the server asks what the client has.
    Question,
    /// Sync step 2: what the document held when the client asked.
    Contents(&'a [u8]),
    /// An edit of somebody, or several merged into one.
    Update(&'a [u8]),
    Acknowledged(Acknowledged),
    Refused(String),
    /// Presence and whatever else the benchmark does not measure.
    Other,
}

/// Which of the messages that this connection sent the server acknowledges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Acknowledged {
    /// The first `n`, and all before are included.
    UpTo(usize),
    /// The oldest that was not acknowledged yet.
    Next,
}

/// One document as one server's dialect addresses it.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    dialect: Dialect,
    document: String,
}

impl Channel {
    pub(crate) fn new(dialect: Dialect, document: &str) -> Self {
        Self { dialect, document: document.to_owned() }
    }

    /// What a client with an empty document says first.
    pub(crate) fn greeting(&self) -> Vec<Vec<u8>> {
        match self.dialect {
            Dialect::Yjs => vec![yjs::question()],
            Dialect::Hocuspocus => vec![
                hocuspocus::authentication(&self.document),
                hocuspocus::address(&self.document, &yjs::question()),
            ],
        }
    }

    /// The answer of a client that has nothing to add.
    pub(crate) fn empty_contents(&self) -> Vec<u8> {
        self.frame(yjs::contents(yjs::EMPTY_UPDATE))
    }

    pub(crate) fn update(&self, update: &[u8]) -> Vec<u8> {
        self.frame(yjs::update(update))
    }

    /// A client's caret, which moves with every letter.
    pub(crate) fn presence(&self, client: ClientID, clock: u32, caret: u32) -> Vec<u8> {
        self.frame(yjs::presence(client.get(), clock, caret))
    }

    pub(crate) fn read<'a>(&self, frame: &'a [u8]) -> Result<Incoming<'a>> {
        match self.dialect {
            Dialect::Yjs => yjs::read(frame),
            Dialect::Hocuspocus => hocuspocus::read(frame),
        }
    }

    fn frame(&self, message: Vec<u8>) -> Vec<u8> {
        match self.dialect {
            Dialect::Yjs => message,
            Dialect::Hocuspocus => hocuspocus::address(&self.document, &message),
        }
    }
}
