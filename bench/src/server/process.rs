//! A server as the operating system sees it: started, watched, killed.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};
use tokio::process::{Child, Command};

/// The kernel counts CPU time for `/proc` in hundredths of a second on every Linux.
const TICKS_PER_SECOND: u32 = 100;

const DEADLINE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(5);

/// A running server process; dropped, it is killed.
pub(super) struct Process {
    child: Child,
    pid: u32,
}

impl Process {
    /// Starts the command, its output in the file, and waits until `ready_url` answers.
    pub(super) async fn start(
        mut command: Command,
        log: &Path,
        http: &reqwest::Client,
        ready_url: &str,
    ) -> Result<Self> {
        let output = File::options().create(true).append(true).open(log)?;
        let child = command
            .stdout(output.try_clone()?)
            .stderr(output)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {command:?}"))?;
        let pid = child.id().context("the server ended at once")?;
        let mut process = Self { child, pid };
        process.wait_until_ready(http, ready_url).await.with_context(|| last_words(log))?;
        Ok(process)
    }

    async fn wait_until_ready(&mut self, http: &reqwest::Client, url: &str) -> Result<()> {
        let started = Instant::now();
        loop {
            if http.get(url).send().await.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended with {status} before it was ready");
            }
            ensure!(started.elapsed() < DEADLINE, "the server was not ready in {DEADLINE:?}");
            tokio::time::sleep(POLL).await;
        }
    }

    /// `kill -9`, as a power cut would have it.
    pub(super) async fn kill(mut self) -> Result<()> {
        Ok(self.child.kill().await?)
    }

    /// Asks the server to end, and waits until it has.
    pub(super) async fn stop(mut self) -> Result<()> {
        let pid = i32::try_from(self.pid).ok().and_then(Pid::from_raw);
        kill_process(pid.context("no such process")?, Signal::TERM)?;
        tokio::time::timeout(DEADLINE, self.child.wait())
            .await
            .with_context(|| format!("the server did not end in {DEADLINE:?}"))??;
        Ok(())
    }

    /// User and system time so far.
    pub(super) fn cpu(&self) -> Result<Duration> {
        cpu_time(&format!("/proc/{}/stat", self.pid))
    }

    /// Resident memory in bytes.
    pub(super) fn resident(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid))?;
        parse_resident(&status).context("no VmRSS in /proc/PID/status")
    }
}

/// User and system time of the benchmark itself.
pub(crate) fn own_cpu() -> Result<Duration> {
    cpu_time("/proc/self/stat")
}

/// A port that was free a moment ago.
pub(super) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn cpu_time(path: &str) -> Result<Duration> {
    let stat = fs::read_to_string(path)?;
    parse_cpu(&stat).with_context(|| format!("{path} has an unknown form"))
}

/// The command's name, in parentheses, may hold anything; the fields are counted behind it.
fn parse_cpu(stat: &str) -> Option<Duration> {
    const USER: usize = 11;
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split(' ').skip(USER);
    let user: u32 = fields.next()?.parse().ok()?;
    let system: u32 = fields.next()?.parse().ok()?;
    Some(Duration::from_secs(1) * (user + system) / TICKS_PER_SECOND)
}

fn parse_resident(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}

fn last_words(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().rev().take(20).collect();
    let tail: Vec<&str> = lines.into_iter().rev().collect();
    format!("the server's last output:\n{}", tail.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cpu_time_is_read_behind_a_hostile_name() {
        let stat = "42 (a b) c) S 1 2 3 4 5 6 7 8 9 10 150 75 0 0 20 0 1 0 1 1 1";
        assert_eq!(parse_cpu(stat), Some(Duration::from_millis(2250)));
        assert_eq!(parse_cpu("42 (a) S 1"), None);
    }

    #[test]
    fn resident_memory_is_read_in_bytes() {
        let status = "VmPeak:\t  9 kB\nVmRSS:\t    2048 kB\nThreads:\t3\n";
        assert_eq!(parse_resident(status), Some(2 << 20));
        assert_eq!(parse_resident("Threads:\t3\n"), None);
    }

    #[test]
    fn the_benchmark_sees_its_own_cpu_time() {
        let before = own_cpu().unwrap();
        let started = Instant::now();
        while started.elapsed() < Duration::from_millis(60) {
            std::hint::spin_loop();
        }
        assert!(own_cpu().unwrap() > before);
    }
}
