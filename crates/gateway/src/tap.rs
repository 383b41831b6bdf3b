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

#[cfg(test)]
mod tests {
    use std::sync::{
        Mutex,
        mpsc::{self, Sender},
    };

    use serde_json::Value;

    use super::*;

    const WAIT: Duration = Duration::from_secs(10);

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Lines {
        fn values(&self) -> Vec<Value> {
            let bytes = self.0.lock().unwrap().clone();
            let text = String::from_utf8(bytes).unwrap();
            text.lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect()
        }
    }

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// Blocks until it is let go on, and says so.
    struct Stuck(Sender<()>, Receiver<()>);

    impl Write for Stuck {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let _ = self.0.send(());
            let _ = self.1.recv();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn end(tap: &Tap) -> TapEnd {
        TapEnd::new(tap.clone(), ShardId::new(1, 4), Some("own.token"))
    }

    fn push(end: &TapEnd, text: &str) {
        let frame = || Utf8Bytes::from(text);
        end.frame(
            Direction::In,
            Generation::default(),
            false,
            frame,
            text.len(),
        );
    }

    #[test]
    fn a_line_says_when_which_way_where_and_what() {
        let lines = Lines::default();
        let tap = Tap::to_writer(lines.clone()).unwrap();
        push(&end(&tap), "{\"op\":11,\n \"d\":null}");
        assert!(tap.flush(WAIT));
        let values = lines.values();
        assert_eq!(values.len(), 1);
        let line = &values[0];
        assert!(line["time"].as_f64().unwrap() > 1.6e9);
        assert_eq!(line["dir"], "in");
        assert_eq!(line["shard"], "1/4");
        assert_eq!(line["connection"], 0);
        assert_eq!(line["bytes"], 20);
        assert_eq!(line["frame"], serde_json::json!({"op": 11, "d": null}));
    }

    #[test]
    fn what_is_too_large_or_no_json_is_a_line_without_a_frame() {
        let lines = Lines::default();
        let tap = Tap::to_writer(lines.clone()).unwrap().max_frame_bytes(30);
        push(&end(&tap), &format!("{{\"t\":\"{}\"}}", "x".repeat(40)));
        push(&end(&tap), "{\"token\":\"hidden");
        assert!(tap.flush(WAIT));
        let omitted: Vec<_> = lines
            .values()
            .iter()
            .map(|l| l["omitted"].clone())
            .collect();
        assert_eq!(omitted, ["too large", "not JSON"]);
    }

    #[test]
    fn a_tap_that_is_full_writes_no_more_and_counts() {
        let lines = Lines::default();
        let tap = Tap::to_writer(lines.clone()).unwrap().max_bytes(250);
        for _ in 0..10 {
            push(&end(&tap), "{\"op\":11}");
        }
        assert!(tap.flush(WAIT));
        let stats = tap.stats();
        assert_eq!(stats.lines + stats.dropped, 10);
        assert_eq!(stats.lines, 2, "{stats:?}");
        assert_eq!(lines.values().len(), 2);
        assert_eq!(lines.0.lock().unwrap().len() as u64, stats.bytes);
    }

    #[test]
    fn a_writer_that_is_stuck_keeps_nobody_waiting() {
        let ((stuck, is_stuck), (go_on, goes_on)) = (mpsc::channel(), mpsc::channel());
        let tap = Tap::to_writer(Stuck(stuck, goes_on)).unwrap();
        let end = end(&tap);
        // More than is buffered before it is written.
        let frame = format!("{{\"d\":\"{}\"}}", "x".repeat(64 * 1024));
        push(&end, &frame);
        is_stuck.recv_timeout(WAIT).unwrap();
        for _ in 0..2 * MAX_QUEUED {
            push(&end, &frame);
        }
        let most = MAX_QUEUED_BYTES / frame.len() + 1;
        let dropped = usize::try_from(tap.stats().dropped).unwrap();
        assert!(dropped >= 2 * MAX_QUEUED - most, "{dropped}");
        assert!(!tap.flush(Duration::from_millis(10)));
        drop(go_on);
        drop(is_stuck);
        assert!(tap.flush(WAIT));
    }

    #[test]
    fn a_writer_that_fails_is_left_alone() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let tap = Tap::to_writer(Full).unwrap();
        let end = end(&tap);
        let large = format!("{{\"d\":\"{}\"}}", "x".repeat(64 * 1024));
        push(&end, &large);
        push(&end, &large);
        assert!(tap.flush(WAIT));
        assert_eq!((tap.stats().lines, tap.stats().dropped), (0, 2));
    }

    #[test]
    fn a_file_is_continued_and_its_length_counts() {
        let folder = std::env::temp_dir().join(format!("polycord-tap-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("frames.jsonl");
        for _ in 0..2 {
            let tap = Tap::to_file(&path).unwrap();
            push(&end(&tap), "{\"op\":11}");
            assert!(tap.flush(WAIT));
        }
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().count(), 2);
        let tap = Tap::to_file(&path).unwrap();
        assert_eq!(tap.stats().bytes, text.len() as u64);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "others may read it");
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
