//! Somebody who writes: adds an entry to the timeline and types into its text, one character an
//! edit, exactly as a browser's editor would send it.
//!
//! An author keeps a replica of their own words only. That makes valid updates, and costs the load
//! generator next to nothing.

use rand::Rng;
use rand::rngs::SmallRng;
use uuid::Builder;
use yrs::{
    ClientID, Doc, ID, Map, MapPrelim, MapRef, Options, ReadTxn, Text, Transact, TransactionMut,
    XmlElementPrelim, XmlFragment, XmlFragmentPrelim, XmlTextPrelim, XmlTextRef,
};

const SENTENCE: &str = "Checkout answered with errors, and the dashboards stayed green. ";

pub(crate) struct Author {
    doc: Doc,
    text: XmlTextRef,
    cursor: u32,
    characters: std::iter::Cycle<std::str::Chars<'static>>,
}

/// What one action of an author sends.
pub(crate) struct Edit {
    pub(crate) update: Vec<u8>,
    /// Of the last thing that it inserts; whoever has been shown that has been shown the edit.
    pub(crate) id: ID,
}

impl Author {
    /// A new author, and the edit that adds their entry.
    pub(crate) fn new(random: &mut SmallRng) -> (Self, Edit) {
        let client = ClientID::new(u64::from(random.random::<u32>()));
        let entry = Builder::from_random_bytes(random.random()).into_uuid().to_string();
        let doc = Doc::with_options(Options::with_client_id(client));
        let timeline = doc.get_or_insert_map("timeline");
        let (text, edit) = {
            let mut transaction = doc.transact_mut();
            let text = add_entry(&timeline, &mut transaction, &entry);
            (text, finish(&transaction))
        };
        let characters = SENTENCE.chars().cycle();
        (Self { doc, text, cursor: 0, characters }, edit)
    }

    pub(crate) fn client(&self) -> ClientID {
        self.doc.client_id()
    }

    /// Types the next character at the cursor.
    pub(crate) fn type_character(&mut self) -> Edit {
        let character = self.characters.next().unwrap_or(' ');
        let mut transaction = self.doc.transact_mut();
        self.text.insert(&mut transaction, self.cursor, character.encode_utf8(&mut [0; 4]));
        self.cursor += 1;
        finish(&transaction)
    }

    /// Deletes the character before the cursor, if there is one.
    pub(crate) fn backspace(&mut self) -> Option<Edit> {
        let position = self.cursor.checked_sub(1)?;
        let mut transaction = self.doc.transact_mut();
        self.text.remove_range(&mut transaction, position, 1);
        self.cursor = position;
        Some(finish(&transaction))
    }

    /// Puts the cursor anywhere in the author's text.
    pub(crate) fn move_cursor(&mut self, random: &mut SmallRng) {
        let length = self.text.len(&self.doc.transact());
        self.cursor = random.random_range(0..=length);
    }
}

fn finish(transaction: &TransactionMut<'_>) -> Edit {
    let client = transaction.doc().client_id();
    let next_clock = transaction.state_vector().get(&client);
    Edit {
        update: transaction.encode_update_v1(),
        id: ID::new(client, next_clock.saturating_sub(1)),
    }
}

/// Writes a timeline entry as `docs/record-format.md` has it.
fn add_entry(timeline: &MapRef, transaction: &mut TransactionMut<'_>, id: &str) -> XmlTextRef {
    let entry = timeline.insert(transaction, id, MapPrelim::default());
    entry.insert(transaction, "order", 1.0);
    entry.insert(transaction, "at", "2026-03-01T18:43:00Z");
    entry.insert(transaction, "precision", "exact");
    entry.insert(transaction, "kind", "observed");
    entry.insert(transaction, "lane", "sre");
    let fragment = entry.insert(transaction, "text", XmlFragmentPrelim::default());
    let paragraph = fragment.push_back(transaction, XmlElementPrelim::empty("paragraph"));
    paragraph.push_back(transaction, XmlTextPrelim::new(""))
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use yrs::updates::decoder::Decode;
    use yrs::{GetString, Update};

    use super::*;

    fn text_after(updates: &[Vec<u8>]) -> String {
        let doc = Doc::new();
        let timeline = doc.get_or_insert_map("timeline");
        let mut transaction = doc.transact_mut();
        for update in updates {
            transaction.apply_update(Update::decode_v1(update).unwrap()).unwrap();
        }
        let (_, entry) = timeline.iter(&transaction).next().unwrap();
        let entry = entry.cast::<MapRef>().unwrap();
        let text = entry.get(&transaction, "text").unwrap();
        text.cast::<yrs::XmlFragmentRef>().unwrap().get_string(&transaction)
    }

    #[test]
    fn every_edit_reaches_a_replica() {
        let mut random = SmallRng::seed_from_u64(1);
        let (mut author, entry) = Author::new(&mut random);
        let mut updates = vec![entry.update];
        updates.push(author.type_character().update);
        updates.push(author.type_character().update);
        updates.extend(author.backspace().map(|edit| edit.update));
        assert_eq!(text_after(&updates), "<paragraph>C</paragraph>");
    }

    #[test]
    fn a_character_is_one_tick_of_the_clock() {
        let mut random = SmallRng::seed_from_u64(1);
        let (mut author, _) = Author::new(&mut random);
        let first = author.type_character();
        let second = author.type_character();
        assert_eq!(second.id, ID::new(author.client(), first.id.clock + 1));
        let insertions = Update::decode_v1(&second.update).unwrap().insertions(true);
        assert!(insertions.contains(&second.id));
        assert!(second.update.len() < 40, "an edit is small: {}", second.update.len());
    }

    #[test]
    fn whoever_has_the_last_thing_of_an_entry_has_the_entry() {
        let (_, entry) = Author::new(&mut SmallRng::seed_from_u64(1));
        let insertions = Update::decode_v1(&entry.update).unwrap().insertions(true);
        assert!(insertions.contains(&entry.id));
        assert!(!insertions.contains(&ID::new(entry.id.client, entry.id.clock + 1)));
    }

    #[test]
    fn nothing_can_be_deleted_before_the_beginning() {
        let mut random = SmallRng::seed_from_u64(1);
        let (mut author, _) = Author::new(&mut random);
        assert!(author.backspace().is_none());
    }
}
