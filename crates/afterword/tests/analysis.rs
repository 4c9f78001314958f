//! Seeded random sessions over the tree of the analysis: people move branches into one another,
//! link them, delete what others answer, and choose clusters, offline and while the server is
//! killed. At the end all have the same, and no branch is lost, there twice, or below itself.
//! `AFTERWORD_TEST_SEED=N` replays the choices of one run.

use std::collections::{BTreeMap, BTreeSet};

use afterword_testkit::client::Client;
use afterword_testkit::peer::Peer;
use afterword_testkit::server::Server;
use anyhow::{Context as _, Result, ensure};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};

const PEOPLE: u32 = 4;
const STEPS: usize = 500;
const MOST_NODES: usize = 25;

struct Session {
    server: Server,
    record: String,
    token: String,
    random: StdRng,
    people: Vec<Person>,
    nodes: Vec<String>,
    clusters: Vec<String>,
}

struct Person {
    client: Client,
    online: bool,
}

fn seed() -> u64 {
    let given = std::env::var("AFTERWORD_TEST_SEED");
    given.map_or_else(|_| rand::random(), |seed| seed.parse().expect("a number"))
}

impl Session {
    async fn start(seed: u64) -> Result<Self> {
        let server = Server::start(env!("CARGO_BIN_EXE_afterword")).await?;
        let token = server.person("ada@example.org", "member").await?;
        let people = (1..=PEOPLE)
            .map(|client| Person { client: Client::new(Peer::new(client)), online: false });
        let mut session = Self {
            record: String::new(),
            people: people.collect(),
            random: StdRng::seed_from_u64(seed),
            nodes: Vec::new(),
            clusters: Vec::new(),
            server,
            token,
        };
        let incident = json!({
            "started_at": "2026-03-01T18:43:00Z", "stabilised_at": "2026-03-01T19:43:00Z",
        });
        let new = json!({"title": "A long night", "incident": incident});
        let opened: Value = session.ask(reqwest::Method::POST, "", Some(new)).await?;
        opened["id"].as_str().context("an id")?.clone_into(&mut session.record);
        Ok(session)
    }

    async fn ask(&self, method: reqwest::Method, path: &str, body: Option<Value>) -> Result<Value> {
        let url = format!("{}/api/v1/postmortems{path}", self.server.url());
        let ask = reqwest::Client::new().request(method, url).bearer_auth(&self.token);
        let ask = if let Some(body) = body { ask.json(&body) } else { ask };
        Ok(ask.send().await?.error_for_status()?.json().await?)
    }

    async fn connect(&mut self, who: usize) -> Result<()> {
        let (url, person) = (self.server.url(), &mut self.people[who]);
        person.client.connect(&url, &self.record, &self.token).await?;
        person.online = true;
        person.client.synced().await?;
        // All that was written meanwhile is on disk before anybody else is asked for it.
        person.client.until(Peer::is_saved).await
    }

    fn leave(&mut self, who: usize) {
        self.people[who].client.disconnect();
        self.people[who].online = false;
    }

    async fn step(&mut self) -> Result<()> {
        let who = self.random.random_range(0..self.people.len());
        match self.random.random_range(0..100) {
            0 => self.kill().await,
            1..10 if self.people[who].online => {
                self.leave(who);
                Ok(())
            }
            1..25 => self.connect(who).await,
            _ => {
                let frame = self.deed(who);
                let person = &mut self.people[who];
                if person.online { person.client.send(frame).await } else { Ok(()) }
            }
        }
    }

    async fn kill(&mut self) -> Result<()> {
        (0..self.people.len()).for_each(|who| self.leave(who));
        self.server.kill().await?;
        self.server.start_again().await
    }

    /// What somebody does with what they know of the tree.
    fn deed(&mut self, who: usize) -> Vec<u8> {
        let random = &mut self.random;
        let peer = &mut self.people[who].client.peer;
        let known: Vec<String> = peer.nodes().into_keys().collect();
        let one = known.choose(random).cloned();
        let other = known.choose(random).cloned();
        let root = random.random_bool(0.15);
        let parent = other.as_deref().filter(|_| !root);
        let clusters: Vec<String> = peer.themes().into_keys().collect();
        match (one, random.random_range(0..10)) {
            (Some(one), 0..4) => peer.move_node(&one, parent),
            (Some(one), 4..6) => {
                peer.link_node(&one, other.as_deref().unwrap_or(&one), random.random_bool(0.7))
            }
            (Some(one), 6) => peer.delete_node(&one, random.random_bool(0.6)),
            (_, 7) if self.clusters.len() < 5 => {
                let id = format!("cluster-{}", self.clusters.len());
                self.clusters.push(id.clone());
                peer.add_cluster(&id)
            }
            (_, 7 | 8) if !clusters.is_empty() => {
                let cluster = clusters.choose(random).map_or("", String::as_str);
                peer.choose_cluster(cluster, random.random_bool(0.5))
            }
            (Some(one), _) if self.nodes.len() >= MOST_NODES => peer.move_node(&one, parent),
            _ => {
                let id = format!("node-{}", self.nodes.len());
                self.nodes.push(id.clone());
                peer.add_node(&id, parent)
            }
        }
    }

    /// Everybody tells what they have, and then hears what all others have.
    async fn meet(&mut self) -> Result<()> {
        for _ in 0..2 {
            for who in 0..self.people.len() {
                self.connect(who).await?;
            }
        }
        Ok(())
    }

    async fn assert_all_read_one_tree(&self) -> Result<()> {
        let peers: Vec<&Peer> = self.people.iter().map(|person| &person.client.peer).collect();
        let (nodes, themes) = (peers[0].nodes(), peers[0].themes());
        ensure!(peers.iter().all(|peer| peer.nodes() == nodes), "they have different trees");
        ensure!(peers.iter().all(|peer| peer.themes() == themes), "they chose different themes");
        ensure!(nodes.keys().collect::<BTreeSet<_>>() == self.nodes.iter().collect());
        ensure!(themes.keys().collect::<BTreeSet<_>>() == self.clusters.iter().collect());
        let record =
            self.ask(reqwest::Method::GET, &format!("/{}/record", self.record), None).await?;
        let present = nodes.iter().filter(|(_, node)| !node.deleted).map(|(id, _)| id.as_str());
        assert_is_tree(&record, &present.collect())?;
        let chosen = items(&record, "themes").map(|theme| {
            (text(theme, "id").to_owned(), !theme["candidate"].as_bool().unwrap_or_default())
        });
        ensure!(chosen.collect::<BTreeMap<_, _>>() == themes, "the server reads other themes");
        Ok(())
    }
}

fn items<'a>(record: &'a Value, part: &str) -> impl Iterator<Item = &'a Value> {
    record[part].as_array().into_iter().flatten()
}

fn text<'a>(item: &'a Value, key: &str) -> &'a str {
    item[key].as_str().unwrap_or_default()
}

/// Each present node is read once, behind its parent, and no way upwards leads back to it.
fn assert_is_tree(record: &Value, present: &BTreeSet<&str>) -> Result<()> {
    let mut above: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for node in items(record, "analysis") {
        let id = text(node, "id");
        let parent = node["parent"].as_str();
        ensure!(parent.is_none_or(|parent| above.contains_key(parent)), "{id} has lost its parent");
        let also = items(node, "also").filter_map(Value::as_str);
        ensure!(above.insert(id, parent.into_iter().chain(also).collect()).is_none(), "{id} twice");
    }
    ensure!(above.keys().copied().collect::<BTreeSet<_>>() == *present, "branches are lost");
    for (start, parents) in &above {
        let (mut open, mut seen) = (parents.clone(), BTreeSet::new());
        while let Some(at) = open.pop() {
            ensure!(at != *start, "{start} stands below itself");
            if seen.insert(at) {
                open.extend(above.get(at).context("a link leads nowhere")?);
            }
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_branch_is_lost_or_there_twice_or_below_itself() -> Result<()> {
    let seed = seed();
    println!("replay with AFTERWORD_TEST_SEED={seed}");
    let mut session = Session::start(seed).await?;
    for _ in 0..STEPS {
        session.step().await?;
    }
    session.meet().await?;
    session.assert_all_read_one_tree().await
}
