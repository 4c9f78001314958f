//! `PostgreSQL` for tests: the server named by the environment, or a private one.
//!
//! The private server is shared by all test processes that run at the same time, since each test
//! is a process of its own under nextest. Every process holds a shared lock as long as it lives,
//! however it ends; a guard outside waits for the exclusive lock, which it gets when the last of
//! them is gone, and then stops the server and removes its folder.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use anyhow::{Context as _, Result, bail, ensure};

/// Names a server by a superuser's connection string; without it a private one is started.
pub const SERVER: &str = "AFTERWORD_TEST_POSTGRES_URL";

/// A database of one test's own, dropped with this value.
#[derive(Debug)]
pub struct PostgresDatabase {
    server: String,
    name: String,
}

impl PostgresDatabase {
    /// Creates an empty database.
    pub fn create() -> Result<Self> {
        let server = match std::env::var(SERVER) {
            Ok(url) => url,
            Err(_) => private_server()?.to_owned(),
        };
        let name = format!("afterword_{:032x}", rand::random::<u128>());
        run_sql(&server, &format!("CREATE DATABASE {name}"))?;
        Ok(Self { server, name })
    }

    /// The database's connection string.
    pub fn url(&self) -> String {
        let (address, options) = match self.server.split_once('?') {
            Some((address, options)) => (address, format!("?{options}")),
            None => (&self.server[..], String::new()),
        };
        let after_scheme = address.find("://").map_or(0, |at| at + 3);
        let end = address[after_scheme..].find('/').map_or(address.len(), |at| at + after_scheme);
        format!("{}/{}{options}", &address[..end], self.name)
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        // A test may still hold connections; a database left behind is not a failed test.
        let statement = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        if let Err(error) = run_sql(&self.server, &statement) {
            eprintln!("{error:#}");
        }
    }
}

fn run_sql(server: &str, statement: &str) -> Result<()> {
    let psql = binaries().map_or_else(|_| PathBuf::from("psql"), |folder| folder.join("psql"));
    succeed(Command::new(psql).args(["-qX", "-v", "ON_ERROR_STOP=1", server, "-c", statement]))
}

/// The address of the private server, started if no other test process did.
fn private_server() -> Result<&'static str> {
    static STARTED: OnceLock<(File, String)> = OnceLock::new();
    static STARTING: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _one_at_a_time = STARTING.lock();
    if STARTED.get().is_none() {
        let started = join_private_server()?;
        STARTED.get_or_init(|| started);
    }
    STARTED.get().map(|(_, url)| &url[..]).context("the server's address is known")
}

/// The lock that keeps the server alive, and the server's address.
fn join_private_server() -> Result<(File, String)> {
    let home = std::env::temp_dir().join("afterword-test-postgres");
    std::fs::create_dir_all(&home)?;
    let alive = home.join("alive.lock");
    let users = File::create(&alive)?;
    users.lock_shared()?;
    let starting = File::create(home.join("starting.lock"))?;
    starting.lock()?;
    let address = home.join("address");
    let known = std::fs::read_to_string(&address).unwrap_or_default();
    if !known.is_empty() && run_sql(&known, "SELECT 1").is_ok() {
        return Ok((users, known));
    }
    let folder = start_server()?;
    guard(&alive, &address, &folder)?;
    let url = format!("postgres://postgres@localhost/postgres?host={}", folder.display());
    std::fs::write(&address, &url)?;
    Ok((users, url))
}

/// Starts a server in a new folder, reached by a socket in it and by nothing else.
fn start_server() -> Result<PathBuf> {
    let bin = binaries()?;
    let made = as_server_user("mktemp").args(["-d", "-t", "afterword-pg.XXXXXX"]).output()?;
    ensure!(made.status.success(), "no folder for PostgreSQL could be made");
    let folder = PathBuf::from(String::from_utf8(made.stdout)?.trim());
    let data = folder.join("data");
    succeed(
        as_server_user(bin.join("initdb"))
            .args(["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
            .arg("-D")
            .arg(&data),
    )?;
    // Nothing here has to outlive the machine: what is stored is tested, not the disk.
    let options = format!(
        "-c listen_addresses= -c unix_socket_directories={} -c fsync=off -c max_connections=500",
        folder.display()
    );
    succeed(
        as_server_user(bin.join("pg_ctl"))
            .args(["start", "-w", "-s", "-o", &options])
            .arg("-l")
            .arg(folder.join("log"))
            .arg("-D")
            .arg(&data),
    )?;
    Ok(folder)
}

/// Leaves a process behind that ends the server when the last test process is gone.
fn guard(alive: &Path, address: &Path, folder: &Path) -> Result<()> {
    let pg_ctl = binaries()?.join("pg_ctl");
    let script = "rm -f \"$2\"; cd /; $4 \"$1\" stop -s -m immediate -D \"$3/data\"; rm -rf \"$3\"";
    Command::new("setsid")
        .arg("flock")
        .arg(alive)
        .args(["sh", "-c", script, "sh"])
        .args([&pg_ctl, address, folder])
        .arg(if is_root() { "runuser -u postgres --" } else { "" })
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("setsid and flock (util-linux) are needed")?;
    Ok(())
}

/// The newest installed server's programs.
fn binaries() -> Result<PathBuf> {
    let version =
        |folder: &PathBuf| folder.parent().and_then(Path::file_name)?.to_str()?.parse::<u32>().ok();
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = installed
        .map(|entry| entry.path().join("bin"))
        .filter(|bin| bin.join("initdb").exists())
        .max_by_key(version);
    match newest {
        Some(bin) => Ok(bin),
        None => bail!("PostgreSQL is tested too: install Debian's “postgresql”, or set {SERVER}"),
    }
}

/// `PostgreSQL` refuses to run as root.
fn as_server_user(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir("/").stdin(Stdio::null());
    command
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0)
}

fn succeed(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_owned();
    // To a file and not a pipe: the server that pg_ctl starts keeps its output open.
    let log = tempfile::NamedTempFile::new()?;
    let status = command
        .stdout(log.reopen()?)
        .stderr(log.reopen()?)
        .status()
        .with_context(|| format!("{} cannot be run", program.display()))?;
    let said = std::fs::read_to_string(log.path())?;
    ensure!(status.success(), "{} failed: {said}", program.display());
    Ok(())
}
