//! Clients that cost little: they count frames by their headers, and look at nothing else.
//!
//! They are the same binary in a process of its own, so that what they do is nobody's CPU time but theirs.

use std::{
    env,
    io::{self, BufRead, Read, Write},
    net::TcpStream,
    process::Stdio,
    sync::mpsc,
    thread,
};

use polycord_bench_process::stay_on_core;
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};

/// The name of the event after which a reader has seen enough.
pub const LAST: &str = "BENCH_LAST";
/// How frames of [`LAST`] begin, whoever writes them.
const LAST_BEGINS: &str = r#"{"t":"BENCH_LAST""#;
/// What tells a process that it is one of these.
const READERS: &str = "readers";
const BUFFER: usize = 256 * 1024;
const STACK: usize = 128 * 1024;

/// What readers are to do.
#[derive(Clone, Debug)]
pub struct Order {
    /// Where the simulator listens.
    pub address: String,
    /// `none`, `zlib-stream`, `zstd-stream`.
    pub compress: String,
    pub connections: u32,
    pub core: usize,
    /// Connection `n` is shard `n` of so many; with 1, all of them are the same.
    pub shards: u32,
    pub token: String,
}

impl Order {
    pub fn parse(arguments: &[String]) -> Option<Self> {
        let [first, core, address, token, compress, connections, shards] = arguments else {
            return None;
        };
        (first == READERS).then_some(())?;
        Some(Self {
            address: address.clone(),
            compress: compress.clone(),
            connections: connections.parse().ok()?,
            core: core.parse().ok()?,
            shards: shards.parse().ok()?,
            token: token.clone(),
        })
    }

    fn arguments(&self) -> [String; 7] {
        [
            READERS.to_owned(),
            self.core.to_string(),
            self.address.clone(),
            self.token.clone(),
            self.compress.clone(),
            self.connections.to_string(),
            self.shards.to_string(),
        ]
    }
}

/// The process of the readers, as the runner sees it.
pub struct Readers {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Readers {
    /// Starts them, and waits until all are READY.
    pub async fn start(order: &Order) -> Self {
        let mut child = Command::new(env::current_exe().expect("this program"))
            .args(order.arguments())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let stdout = child.stdout.take().expect("it is piped");
        let mut readers = Self {
            child,
            lines: BufReader::new(stdout).lines(),
        };
        readers.line().await;
        readers
    }

    /// Waits until each has seen [`LAST`], and tells how many frames and bytes they had in all.
    pub async fn seen(&mut self) -> (u64, u64) {
        let line = self.line().await;
        let (frames, bytes) = line.split_once(' ').expect("two numbers");
        let number = |text: &str| text.parse().expect("a number");
        (number(frames), number(bytes))
    }

    pub async fn end(mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait().await;
    }

    async fn line(&mut self) -> String {
        let line = self.lines.next_line().await.expect("its output");
        line.expect("the readers failed")
    }
}

/// Reads as told, until the runner says no more.
pub fn read(order: &Order) {
    stay_on_core(order.core);
    let (ready, are_ready) = mpsc::channel();
    let (seen, have_seen) = mpsc::channel();
    for number in 0..order.connections {
        let (order, ready, seen) = (order.clone(), ready.clone(), seen.clone());
        let read = move || {
            let reader = Reader::connect(&order, number).expect("a connection");
            if let Err(error) = reader.read(&ready, &seen) {
                eprintln!("reader {number}: {error}");
            }
        };
        let thread = thread::Builder::new().stack_size(STACK).spawn(read);
        thread.expect("a thread");
        // One after another, as shards do: thousands at once overflow the listener's queue.
        are_ready.recv().expect("READY");
    }
    println!("ready");
    let connections = order.connections as usize;
    thread::spawn(move || {
        let counts = have_seen.iter().take(connections);
        let (frames, bytes) = counts.fold((0, 0), |all, one: (u64, u64)| {
            (all.0 + one.0, all.1 + one.1)
        });
        println!("{frames} {bytes}");
    });
    // The runner's end of it is closed when it has what it wanted.
    let _ = io::stdin().lock().read_line(&mut String::new());
}

struct Reader {
    socket: TcpStream,
    buffer: Vec<u8>,
    filled: usize,
}

impl Reader {
    fn connect(order: &Order, number: u32) -> io::Result<Self> {
        let mut socket = TcpStream::connect(&order.address)?;
        let compress = match order.compress.as_str() {
            "none" => String::new(),
            name => format!("&compress={name}"),
        };
        write!(
            socket,
            "GET /?v=10&encoding=json{compress} HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            order.address
        )?;
        let mut reader = Self {
            socket,
            buffer: vec![
                0;
                if order.compress == "none" {
                    BUFFER
                } else {
                    16 * 1024
                }
            ],
            filled: 0,
        };
        reader.skip_answer()?;
        let identify = serde_json::json!({ "op": 2, "d": {
            "token": order.token,
            "intents": 0x1_ffff | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25,
            "properties": { "os": "linux", "browser": "bench", "device": "bench" },
            "shard": [number % order.shards, order.shards],
        }});
        reader.write(&identify.to_string())?;
        Ok(reader)
    }

    /// The answer to the upgrade; what comes after it stays.
    fn skip_answer(&mut self) -> io::Result<()> {
        loop {
            self.fill()?;
            let had = &self.buffer[..self.filled];
            if let Some(end) = had.windows(4).position(|four| four == b"\r\n\r\n") {
                assert!(had.starts_with(b"HTTP/1.1 101 "), "the upgrade is refused");
                self.keep_from(end + 4);
                return Ok(());
            }
        }
    }

    /// A text message, masked with zeros.
    fn write(&mut self, text: &str) -> io::Result<()> {
        let length = u16::try_from(text.len()).expect("a short message");
        let mut frame = vec![0x81, 0x80 | 126];
        frame.extend(length.to_be_bytes());
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        self.socket.write_all(&frame)
    }

    /// Tells when READY was there, which comes after HELLO, and when [`LAST`] was.
    fn read(mut self, ready: &mpsc::Sender<()>, seen: &mpsc::Sender<(u64, u64)>) -> io::Result<()> {
        let (mut frames, mut bytes) = (0, 0);
        loop {
            let mut at = 0;
            while let Some((start, end)) = frame(&self.buffer[..self.filled], at) {
                frames += 1;
                bytes += (end - at) as u64;
                if frames == 2 {
                    ready.send(()).map_err(io::Error::other)?;
                }
                if self.buffer[start..end].starts_with(LAST_BEGINS.as_bytes()) {
                    seen.send((frames, bytes)).map_err(io::Error::other)?;
                }
                at = end;
            }
            self.keep_from(at);
            if self.filled == self.buffer.len() {
                self.buffer.resize(2 * self.filled, 0);
            }
            self.fill()?;
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        match self.socket.read(&mut self.buffer[self.filled..])? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            more => {
                self.filled += more;
                Ok(())
            }
        }
    }

    fn keep_from(&mut self, at: usize) {
        self.buffer.copy_within(at..self.filled, 0);
        self.filled -= at;
    }
}

/// Where the payload of the frame at `at` begins and ends, if all of it is there.
fn frame(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let short = usize::from(*bytes.get(at + 1)?);
    let (start, length) = match short {
        126 => {
            let length = bytes.get(at + 2..at + 4)?.try_into().ok()?;
            (at + 4, usize::from(u16::from_be_bytes(length)))
        }
        127 => {
            let length = bytes.get(at + 2..at + 10)?.try_into().ok()?;
            (at + 10, usize::try_from(u64::from_be_bytes(length)).ok()?)
        }
        short => (at + 2, short),
    };
    let end = start + length;
    (end <= bytes.len()).then_some((start, end))
}
