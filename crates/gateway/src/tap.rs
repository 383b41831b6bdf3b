//! What a shard receives and sends, as lines of JSON.

use std::{
    fmt,
    fs::OpenOptions,
    io::{self, BufWriter, Write},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
        mpsc::{Receiver, SyncSender, TryRecvError, sync_channel},
    },
    thread,
    time::{Duration, SystemTime},
};

use tracing::warn;
use tungstenite::Utf8Bytes;

use crate::{Generation, ShardId};

mod line;
mod redact;
#[cfg(test)]
mod tests;

/// How many frames wait to be written.
const MAX_QUEUED: usize = 1024;
/// How many bytes they may have together.
const MAX_QUEUED_BYTES: usize = 16 << 20;
/// How many bytes are written by default.
const DEFAULT_MAX_BYTES: u64 = 256 << 20;
/// The largest frame that is written by default.
const DEFAULT_MAX_FRAME_BYTES: usize = 4 << 20;

/// Records the frames that shards receive and send, one JSON object a line, for
/// `polycord inspect` and for whoever looks for what went over the wire.
///
/// A line has the time (seconds since 1970), the direction, the shard, the number of its connection, the bytes of
/// the frame, and the frame, compressed to its one line:
///
/// ```json
/// {"time":1795255200.125,"dir":"in","shard":"0/1","connection":1,"bytes":47,"frame":{"op":10,"d":{"heartbeat_interval":41250}}}
/// ```
///
/// Tokens, session ids and the secrets of activities are replaced by `[redacted]` before anything is
/// written, and the shard's own token wherever it stands. Messages and names are *not*: keep a recording as
/// you keep those. A frame that is too large or no JSON is a line that says so under `omitted`.
///
/// The shard does not wait: a thread of the tap writes, and what it does not keep up with, or what comes after
/// [`Self::max_bytes`], is dropped and counted ([`Self::stats`]). Clones write to the same place, so that one tap
/// serves many shards.
///
/// # Examples
///
/// ```no_run
/// # #[cfg(feature = "discord")]
/// # fn example() -> std::io::Result<()> {
/// use polycord_gateway::{ShardConfig, Tap};
/// use polycord_types::gateway::Intents;
///
/// let tap = Tap::to_file("frames.jsonl")?.max_bytes(64 << 20);
/// let config = ShardConfig::new("token", Intents::default()).tap(tap.clone());
/// // Later:
/// println!("{:?}", tap.stats());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Tap {
    queue: SyncSender<Job>,
    state: Arc<TapState>,
}

/// What a [`Tap`] has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TapStats {
    /// Frames that were dropped: the writer did not keep up, failed, or had written as much as it may.
    pub dropped: u64,
    /// Lines written.
    pub lines: u64,
    /// Bytes written, those that a file had before included.
    pub bytes: u64,
}

#[derive(Debug)]
struct TapState {
    bytes: AtomicU64,
    dropped: AtomicU64,
    lines: AtomicU64,
    max_bytes: AtomicU64,
    max_frame_bytes: AtomicUsize,
    queued_bytes: AtomicUsize,
}

enum Job {
    Frame(Frame),
    Flush(SyncSender<()>),
}

struct Frame {
    bytes: usize,
    connection: u64,
    direction: Direction,
    /// It holds credentials in a place that a dialect may call as it likes.
    is_secret: bool,
    /// What must not be written wherever it stands.
    secrets: Arc<[Box<str>]>,
    shard: ShardId,
    /// `None` if it is too large.
    text: Option<Utf8Bytes>,
    time: SystemTime,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    In,
    Out,
}

impl Tap {
    /// Writes to the end of a file, which is made if it is not there; on Unix nobody but its owner may read
    /// it then.
    ///
    /// # Errors
    /// The file cannot be opened, or the thread cannot be started.
    pub fn to_file(path: impl AsRef<Path>) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        let length = file.metadata()?.len();
        let tap = Self::to_writer(file)?;
        tap.state.bytes.store(length, Ordering::Relaxed);
        Ok(tap)
    }

    /// Writes to anything. It is flushed whenever nothing more waits.
    ///
    /// # Errors
    /// The thread cannot be started.
    pub fn to_writer(writer: impl Write + Send + 'static) -> io::Result<Self> {
        let (queue, jobs) = sync_channel(MAX_QUEUED);
        let state = Arc::new(TapState {
            bytes: AtomicU64::new(0),
            dropped: AtomicU64::new(0),
            lines: AtomicU64::new(0),
            max_bytes: AtomicU64::new(DEFAULT_MAX_BYTES),
            max_frame_bytes: AtomicUsize::new(DEFAULT_MAX_FRAME_BYTES),
            queued_bytes: AtomicUsize::new(0),
        });
        let shared = Arc::clone(&state);
        thread::Builder::new()
            .name("polycord-tap".to_owned())
            .spawn(move || shared.write(&jobs, BufWriter::new(writer)))?;
        Ok(Self { queue, state })
    }

    /// How many bytes are written at most, those that a file had before included; default 256 MiB. What
    /// comes then is dropped.
    #[must_use]
    pub fn max_bytes(self, bytes: u64) -> Self {
        self.state.max_bytes.store(bytes, Ordering::Relaxed);
        self
    }

    /// The largest frame that is written, in bytes; default 4 MiB, which passes all but the READY and the guilds
    /// of very large bots. Of a larger one there is a line without it.
    #[must_use]
    pub fn max_frame_bytes(self, bytes: usize) -> Self {
        self.state.max_frame_bytes.store(bytes, Ordering::Relaxed);
        self
    }

    /// What it has done so far.
    #[must_use]
    pub fn stats(&self) -> TapStats {
        TapStats {
            dropped: self.state.dropped.load(Ordering::Relaxed),
            lines: self.state.lines.load(Ordering::Relaxed),
            bytes: self.state.bytes.load(Ordering::Relaxed),
        }
    }

    /// Blocks until what waits now is written and flushed, for `timeout` at most; false if it was not. For the end
    /// of a program: what waits when the process ends is lost.
    #[expect(
        clippy::must_use_candidate,
        reason = "who only wants it done may leave it at that"
    )]
    pub fn flush(&self, timeout: Duration) -> bool {
        let (done, flushed) = sync_channel(1);
        let deadline = std::time::Instant::now() + timeout;
        let mut job = Job::Flush(done);
        loop {
            match self.queue.try_send(job) {
                Ok(()) => break,
                Err(std::sync::mpsc::TrySendError::Disconnected(_)) => return false,
                Err(std::sync::mpsc::TrySendError::Full(back)) => job = back,
            }
            if std::time::Instant::now() >= deadline {
                return false;
            }
            thread::sleep(Duration::from_millis(1));
        }
        let left = deadline.saturating_duration_since(std::time::Instant::now());
        flushed.recv_timeout(left).is_ok()
    }
}

impl fmt::Debug for Tap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tap")
            .field("stats", &self.stats())
            .finish_non_exhaustive()
    }
}

/// A shard's end of a tap.
pub(crate) struct TapEnd {
    secrets: Arc<[Box<str>]>,
    shard: ShardId,
    tap: Tap,
}

impl TapEnd {
    /// `secret` is a text that must not be written wherever it stands.
    pub(crate) fn new(tap: Tap, shard: ShardId, secret: Option<&str>) -> Self {
        let secrets = secret.filter(|secret| !secret.is_empty());
        Self {
            secrets: secrets.map(Box::from).into_iter().collect(),
            shard,
            tap,
        }
    }

    /// Hands a frame to the writer, or drops it.
    pub(crate) fn frame(
        &self,
        direction: Direction,
        connection: Generation,
        is_secret: bool,
        text: impl FnOnce() -> Utf8Bytes,
        bytes: usize,
    ) {
        let state = &self.tap.state;
        let kept = bytes <= state.max_frame_bytes.load(Ordering::Relaxed);
        let queued = if kept { bytes } else { 0 };
        if state
            .queued_bytes
            .load(Ordering::Relaxed)
            .saturating_add(queued)
            > MAX_QUEUED_BYTES
        {
            state.dropped.fetch_add(1, Ordering::Relaxed);
            return;
        }
        state.queued_bytes.fetch_add(queued, Ordering::Relaxed);
        let frame = Frame {
            bytes,
            connection: connection.number(),
            direction,
            is_secret,
            secrets: Arc::clone(&self.secrets),
            shard: self.shard,
            text: kept.then(text),
            time: SystemTime::now(),
        };
        if self.tap.queue.try_send(Job::Frame(frame)).is_err() {
            state.queued_bytes.fetch_sub(queued, Ordering::Relaxed);
            state.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl TapState {
    /// The writer's thread: it ends with the last tap.
    fn write(&self, jobs: &Receiver<Job>, mut writer: impl Write) {
        let mut line = Vec::new();
        let mut broken = false;
        loop {
            let job = match jobs.try_recv() {
                Ok(job) => job,
                Err(TryRecvError::Empty) => {
                    broken = broken || failed(&writer.flush());
                    match jobs.recv() {
                        Ok(job) => job,
                        Err(_) => return,
                    }
                }
                Err(TryRecvError::Disconnected) => {
                    let _ = broken || failed(&writer.flush());
                    return;
                }
            };
            match job {
                Job::Flush(done) => {
                    broken = broken || failed(&writer.flush());
                    // Whoever waited may have gone.
                    let _ = done.try_send(());
                }
                Job::Frame(frame) => {
                    let queued = frame.text.as_ref().map_or(0, |text| text.len());
                    line.clear();
                    if !broken {
                        line::write(&mut line, &frame);
                    }
                    drop(frame);
                    self.queued_bytes.fetch_sub(queued, Ordering::Relaxed);
                    let bytes = self.bytes.load(Ordering::Relaxed) + line.len() as u64;
                    if broken || bytes > self.max_bytes.load(Ordering::Relaxed) {
                        self.dropped.fetch_add(1, Ordering::Relaxed);
                        continue;
                    }
                    broken = failed(&writer.write_all(&line));
                    if broken {
                        self.dropped.fetch_add(1, Ordering::Relaxed);
                        continue;
                    }
                    self.bytes.store(bytes, Ordering::Relaxed);
                    self.lines.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    }
}

fn failed(result: &io::Result<()>) -> bool {
    if let Err(error) = result {
        warn!(event = "tap", "frames are no longer recorded: {error}");
    }
    result.is_err()
}
