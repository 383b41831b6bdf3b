//! A gateway that is no bottleneck: what it sends is encoded before anybody asks.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, OnceLock},
    thread,
    time::{Duration, Instant},
};

use polycord_workload::Workload;
use serde::Deserialize;
use tungstenite::{
    Message, WebSocket, accept_hdr,
    handshake::server::{Request, Response},
};

use crate::{
    encoding::{Encoder, Encoding},
    recording::{self, Recording},
};

/// Enough for a thread that serves one connection.
const STACK: usize = 256 * 1024;

/// The server: one thread for each connection.
pub struct Server {
    /// Sent after READY; with none of them, a connection is kept and answered.
    events: u64,
    recordings: [OnceLock<Recording>; 3],
    started: Mutex<Vec<(Instant, u64)>>,
    url: String,
}

/// What the server needs to know of a frame.
#[derive(Deserialize)]
struct Frame {
    op: u64,
    #[serde(default)]
    d: serde_json::Value,
}

impl Server {
    /// Serves on a port of the system's choice, in the background.
    pub fn start(events: u64) -> io::Result<Arc<Self>> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let server = Arc::new(Self {
            events,
            recordings: [const { OnceLock::new() }; 3],
            started: Mutex::default(),
            url: format!("ws://{}", listener.local_addr()?),
        });
        let accepting = Arc::clone(&server);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = Arc::clone(&accepting);
                thread::Builder::new()
                    .stack_size(STACK)
                    .spawn(move || server.serve(stream))
                    .expect("a thread for a connection");
            }
        });
        Ok(server)
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Encodes what connections of this kind will get.
    pub fn prepare(&self, encoding: Encoding) -> &Recording {
        let recording = &self.recordings[encoding as usize];
        recording.get_or_init(|| Recording::new(encoding, &Workload::mix(), self.events, &self.url))
    }

    /// The shortest time between two IDENTIFYs of one bucket, if any bucket had two.
    pub fn tightest_identifies(&self, concurrency: u64) -> Option<Duration> {
        let started = self.started.lock().expect("nobody panics with it");
        let mut buckets = BTreeMap::<u64, Vec<Instant>>::new();
        for (at, shard) in started.iter() {
            buckets.entry(shard % concurrency).or_default().push(*at);
        }
        let gaps = buckets
            .values()
            .flat_map(|bucket| bucket.windows(2).map(|pair| pair[1] - pair[0]));
        gaps.min()
    }

    fn serve(&self, stream: TcpStream) {
        let mut query = String::new();
        #[expect(clippy::result_large_err, reason = "the library's callback")]
        let note_query = |request: &Request, response: Response| {
            query.push_str(request.uri().query().unwrap_or_default());
            Ok(response)
        };
        let _ = stream.set_nodelay(true);
        // A client that leaves in the middle has its reasons, and says them itself.
        if let Ok(mut socket) = accept_hdr(stream, note_query) {
            let encoding = Encoding::asked_for(&query).expect("an encoding we have");
            let _ = if self.events == 0 {
                self.converse(&mut socket, encoding)
            } else {
                self.replay(&mut socket, encoding)
            };
        }
    }

    /// HELLO, and after IDENTIFY everything at once.
    fn replay(
        &self,
        socket: &mut WebSocket<TcpStream>,
        encoding: Encoding,
    ) -> tungstenite::Result<()> {
        const IDENTIFY: u64 = 2;
        let recording = self.prepare(encoding);
        socket.get_mut().write_all(&recording.hello)?;
        while let Some(frame) = read(socket)? {
            if frame.op == IDENTIFY {
                socket.get_mut().write_all(&recording.session)?;
            }
        }
        Ok(())
    }

    /// Answers what a session of few events asks for.
    fn converse(
        &self,
        socket: &mut WebSocket<TcpStream>,
        encoding: Encoding,
    ) -> tungstenite::Result<()> {
        let mut encoder = Encoder::new(encoding);
        let mut out = Vec::new();
        encoder.message(&recording::hello(), &mut out);
        socket.get_mut().write_all(&out)?;
        while let Some(frame) = read(socket)? {
            out.clear();
            match frame.op {
                1 => encoder.message(recording::acknowledgement(), &mut out),
                2 => {
                    let number = |index| frame.d["shard"][index].as_u64().unwrap_or_default();
                    let shard = [number(0), number(1)];
                    let mut started = self.started.lock().expect("nobody panics with it");
                    started.push((Instant::now(), shard[0]));
                    drop(started);
                    encoder.message(&recording::ready(&self.url, shard), &mut out);
                }
                6 => {
                    let seq = frame.d["seq"].as_u64().unwrap_or_default();
                    encoder.message(&recording::resumed(seq), &mut out);
                }
                _ => {}
            }
            socket.get_mut().write_all(&out)?;
        }
        Ok(())
    }
}

/// The next frame of a client; `None` when it leaves.
fn read(socket: &mut WebSocket<TcpStream>) -> tungstenite::Result<Option<Frame>> {
    loop {
        match socket.read()? {
            Message::Text(text) => {
                let frame = serde_json::from_str(text.as_str());
                return Ok(Some(frame.expect("a frame of JSON")));
            }
            Message::Close(_) => return Ok(None),
            _ => {}
        }
    }
}
