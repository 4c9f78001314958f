//! `afterword person`

use afterword_app::PersonToAdd;
use afterword_domain::people::{Discipline, Role};
use anyhow::Context as _;
use clap::{Args, Subcommand};
use serde_json::json;

use crate::config::Config;
use crate::outcome::say;
use crate::parts;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Create an account
    Add(Add),
}

#[derive(Args, Debug)]
pub(crate) struct Add {
    /// Where mail reaches the person
    email: String,
    /// As the person wants to be called
    #[arg(long)]
    name: String,
    /// member, facilitator or admin
    #[arg(long, default_value_t)]
    role: Role,
    /// engineering, sre, support, product, sales, leadership, other
    #[arg(long, default_value_t)]
    discipline: Discipline,
    /// An IANA time zone name
    #[arg(long, default_value = "UTC")]
    time_zone: String,
    /// Read a password from standard input; without one, the person signs in by mail or token
    #[arg(long)]
    password_stdin: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(command: Command, config: &Config) -> anyhow::Result<()> {
    let Command::Add(add) = command;
    let password = add.password_stdin.then(read_password).transpose()?;
    let app = parts::start(config).await?;
    let new = PersonToAdd {
        email: add.email,
        name: add.name,
        discipline: add.discipline,
        time_zone: add.time_zone,
        role: add.role,
        password,
    };
    let added = app.add_account(new).await;
    app.stop().await;
    let person = added?;
    if add.json {
        say(&json!({ "id": person.id, "email": person.email, "role": person.role }).to_string());
    } else {
        say(&format!("{} <{}> is a {} now.", person.name, person.email, person.role));
    }
    Ok(())
}

fn read_password() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).context("no password on standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
