//! Who is here, and what each is looking at. Never stored.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use yrs::block::ClientID;
use yrs::sync::awareness::{AwarenessUpdate, AwarenessUpdateEntry};

/// Somebody who comes into a room, as signed in.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The person's id.
    pub id: String,
    /// As the person wants to be called.
    pub name: String,
    /// The slug of the person's discipline.
    pub discipline: String,
}

/// A connection's number in its room.
pub(crate) type ConnectionId = u64;

struct State {
    clock: u32,
    json: Arc<str>,
    connection: ConnectionId,
}

/// The presence states of one room, by Yjs client.
#[derive(Default)]
pub(crate) struct Presence {
    states: HashMap<ClientID, State>,
}

/// More states than one connection can sensibly have: tabs share none.
const MAX_STATES_PER_CONNECTION: usize = 8;
/// A presence state is a name and a place, not a document.
const MAX_STATE_BYTES: usize = 4096;
const GONE: &str = "null";

impl Presence {
    /// Takes what a connection says about itself; answers what everyone else is to be told.
    pub(crate) fn update(
        &mut self,
        connection: ConnectionId,
        visitor: &Visitor,
        update: AwarenessUpdate,
    ) -> Option<AwarenessUpdate> {
        let mut told = HashMap::new();
        for (client, entry) in update.clients {
            if let Some(json) = self.accept(connection, visitor, client, &entry) {
                told.insert(client, AwarenessUpdateEntry { clock: entry.clock, json });
            }
        }
        (!told.is_empty()).then_some(AwarenessUpdate { clients: told })
    }

    fn accept(
        &mut self,
        connection: ConnectionId,
        visitor: &Visitor,
        client: ClientID,
        entry: &AwarenessUpdateEntry,
    ) -> Option<Arc<str>> {
        let known = self.states.get(&client);
        let leaving = entry.json.as_ref() == GONE;
        match known {
            // Clients also repeat what they heard of others: only its own connection speaks for
            // a client, or whoever returns with a newer clock after its connection broke.
            Some(state) if entry.clock < state.clock => return None,
            Some(state) if entry.clock == state.clock && !leaving => return None,
            Some(state) if state.connection != connection => return None,
            None if leaving || self.count(connection) >= MAX_STATES_PER_CONNECTION => return None,
            _ => {}
        }
        if leaving {
            self.states.remove(&client);
            return Some(GONE.into());
        }
        let json = signed(&entry.json, visitor)?;
        self.states.insert(client, State { clock: entry.clock, json: json.clone(), connection });
        Some(json)
    }

    fn count(&self, connection: ConnectionId) -> usize {
        self.states.values().filter(|state| state.connection == connection).count()
    }

    /// Forgets a connection; answers what everyone else is to be told.
    pub(crate) fn leave(&mut self, connection: ConnectionId) -> Option<AwarenessUpdate> {
        let gone: HashMap<_, _> = self
            .states
            .iter()
            .filter(|(_, state)| state.connection == connection)
            .map(|(client, state)| {
                (*client, AwarenessUpdateEntry { clock: state.clock + 1, json: GONE.into() })
            })
            .collect();
        self.states.retain(|_, state| state.connection != connection);
        (!gone.is_empty()).then_some(AwarenessUpdate { clients: gone })
    }

    /// Everyone who is here.
    pub(crate) fn everyone(&self) -> Option<AwarenessUpdate> {
        let entry =
            |state: &State| AwarenessUpdateEntry { clock: state.clock, json: state.json.clone() };
        let clients: HashMap<_, _> =
            self.states.iter().map(|(client, state)| (*client, entry(state))).collect();
        (!clients.is_empty()).then_some(AwarenessUpdate { clients })
    }
}

/// The state with the signed-in person in the place of whoever it claims to be.
fn signed(json: &str, visitor: &Visitor) -> Option<Arc<str>> {
    if json.len() > MAX_STATE_BYTES {
        return None;
    }
    let mut state: Map<String, Value> = serde_json::from_str(json).ok()?;
    let user = json!({
        "id": visitor.id,
        "name": visitor.name,
        "discipline": visitor.discipline,
    });
    state.insert("user".to_owned(), user);
    Some(Value::Object(state).to_string().into())
}
