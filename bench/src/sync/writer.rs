//! A client that types.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use anyhow::Result;
use rand::rngs::SmallRng;
use tokio::time::{Instant, interval_at};

use super::author::Author;
use super::connection::{Connection, Sender};
use super::witness::{Listener, Role, Stopwatch, Witness};
use crate::server::Address;

pub(crate) struct Writer {
    author: Author,
    sender: Sender,
    witness: Rc<RefCell<Witness>>,
    /// How often the caret was told to others, if it is.
    carets: Option<u32>,
}

/// When a writer types.
#[derive(Clone, Copy)]
pub(crate) struct Pace {
    pub(crate) first: Instant,
    pub(crate) period: Duration,
    pub(crate) end: Instant,
}

impl Writer {
    /// Joins the document and adds an entry to it; `audience` others are to see what is typed.
    pub(crate) async fn join(
        address: &Address,
        random: &mut SmallRng,
        audience: usize,
        stopwatch: &Rc<RefCell<Stopwatch>>,
    ) -> Result<(Self, Listener)> {
        let Connection { mut sender, receiver, .. } = Connection::open(address).await?;
        let made_at = std::time::Instant::now();
        let (author, entry) = Author::new(random);
        let role = Role { author: Some(author.client()), audience };
        let witness = Witness::new(role, Rc::clone(stopwatch));
        let listener = Listener::new(receiver, witness);
        let witness = Rc::clone(&listener.witness);
        witness.borrow_mut().sends(entry.id, made_at);
        sender.update(&entry.update).await?;
        Ok((Self { author, sender, witness, carets: None }, listener))
    }

    /// From now on others are told where the caret is, as editors do.
    pub(crate) fn show_caret(&mut self) {
        self.carets = Some(0);
    }

    /// Types at a fixed rate; a slow server does not slow the typing, it piles up.
    pub(crate) async fn type_at(mut self, pace: Pace) -> Result<Self> {
        let mut ticks = interval_at(pace.first, pace.period);
        while ticks.tick().await < pace.end {
            self.type_character().await?;
        }
        Ok(self)
    }

    async fn type_character(&mut self) -> Result<()> {
        let made_at = std::time::Instant::now();
        let edit = self.author.type_character();
        self.witness.borrow_mut().sends(edit.id, made_at);
        self.sender.update(&edit.update).await?;
        if let Some(told) = &mut self.carets {
            *told += 1;
            self.sender.presence(self.author.client(), *told, *told).await?;
        }
        Ok(())
    }
}

/// Joins only to look on.
pub(crate) async fn observe(
    address: &Address,
    stopwatch: &Rc<RefCell<Stopwatch>>,
) -> Result<Listener> {
    let connection = Connection::open(address).await?;
    Ok(Listener::new(connection.receiver, Witness::new(Role::OBSERVER, Rc::clone(stopwatch))))
}
