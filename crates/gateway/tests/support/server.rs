//! A gateway that a test plays by hand, over in-memory streams.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "what fails here fails the test"
)]

use std::io;

use flate2::{Compress, FlushCompress};
use futures_util::{
    SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use polycord_gateway::{Compression, Connector, Shard, ShardEvent, Target};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex},
    sync::mpsc,
};
use tokio_tungstenite::{
    WebSocketStream, accept_hdr_async,
    tungstenite::{
        Message,
        handshake::server::{Request, Response},
        protocol::{
            CloseFrame,
            frame::{
                Frame,
                coding::{Data, OpCode},
            },
        },
    },
};

/// What waits for the connections of a shard.
pub(crate) struct Server {
    dials: mpsc::Receiver<DuplexStream>,
    dial: mpsc::Sender<DuplexStream>,
}

impl Server {
    pub(crate) fn new() -> Self {
        let (dial, dials) = mpsc::channel(4);
        Self { dials, dial }
    }

    pub(crate) fn connector(&self) -> impl Connector + use<> {
        let dial = self.dial.clone();
        move |_: Target| {
            let dial = dial.clone();
            async move {
                let (ours, theirs) = duplex(64 * 1024);
                dial.send(theirs).await.map_err(io::Error::other)?;
                Ok(ours)
            }
        }
    }

    /// The next connection, upgraded.
    pub(crate) async fn accept(&mut self) -> Conn {
        let stream = self.dials.recv().await.unwrap();
        let mut path = String::new();
        #[expect(clippy::result_large_err, reason = "the library's signature")]
        let note = |request: &Request, response: Response| {
            path = request.uri().to_string();
            Ok(response)
        };
        let socket = accept_hdr_async(stream, note).await.unwrap();
        let (sink, stream) = socket.split();
        Conn {
            path,
            reader: Reader { stream },
            writer: Writer {
                sink,
                deflate: None,
            },
        }
    }

    /// The next connection, upgraded, with this compression.
    pub(crate) async fn accept_with(&mut self, compression: Compression) -> Conn {
        let conn = self.accept().await;
        if compression == Compression::None {
            conn
        } else {
            conn.zlib()
        }
    }

    /// Answers the next upgrade with another HTTP status.
    pub(crate) async fn refuse(&mut self, status: &str) {
        let mut stream = self.dials.recv().await.unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            request.push(stream.read_u8().await.unwrap());
        }
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
        stream.write_all(answer.as_bytes()).await.unwrap();
    }

    /// Plays the start of a session, up to READY in the consumer's hands.
    pub(crate) async fn session(&mut self, shard: &mut Shard) -> Conn {
        let mut conn = self.accept().await;
        conn.hello(40_000).await;
        conn.expect(2).await;
        conn.ready("session-1").await;
        while !matches!(shard.next().await.unwrap(), ShardEvent::Dispatch(_)) {}
        conn
    }
}

/// The server's end of one connection.
pub(crate) struct Conn {
    pub(crate) path: String,
    reader: Reader,
    writer: Writer,
}

pub(crate) struct Reader {
    stream: SplitStream<WebSocketStream<DuplexStream>>,
}

pub(crate) struct Writer {
    sink: SplitSink<WebSocketStream<DuplexStream>, Message>,
    deflate: Option<Compress>,
}

impl Conn {
    pub(crate) fn zlib(mut self) -> Self {
        self.writer.deflate = Some(Compress::new(flate2::Compression::fast(), true));
        self
    }

    pub(crate) fn split(self) -> (Reader, Writer) {
        (self.reader, self.writer)
    }

    pub(crate) async fn hello(&mut self, interval: u64) {
        let hello =
            format!(r#"{{"t":null,"s":null,"op":10,"d":{{"heartbeat_interval":{interval}}}}}"#);
        self.writer.send(&hello).await;
    }

    pub(crate) async fn ready(&mut self, session_id: &str) {
        let data = format!(
            r#"{{"v":10,"session_id":"{session_id}","resume_gateway_url":"ws://gateway.test","user":{{"id":"1"}},"guilds":[]}}"#
        );
        self.writer.event(1, "READY", &data).await;
    }

    pub(crate) async fn event(&mut self, seq: u64, name: &str, data: &str) {
        self.writer.event(seq, name, data).await;
    }

    /// Sends an event that the client may refuse before it has read it all.
    pub(crate) async fn event_unless_closed(&mut self, seq: u64, name: &str, data: &str) {
        let message = self.writer.message(&event(seq, name, data));
        let _ = self.writer.sink.send(message).await;
    }

    /// Sends the first half of an event's compressed bytes.
    pub(crate) async fn half_event(&mut self, seq: u64, name: &str, data: &str) {
        let bytes = self.writer.deflate(&event(seq, name, data));
        self.binary(&bytes[..bytes.len() / 2]).await;
    }

    pub(crate) async fn binary(&mut self, bytes: &[u8]) {
        self.writer
            .sink
            .send(Message::Binary(bytes.to_vec().into()))
            .await
            .unwrap();
    }

    pub(crate) async fn ping(&mut self, data: &[u8]) {
        self.writer
            .sink
            .send(Message::Ping(data.to_vec().into()))
            .await
            .unwrap();
    }

    /// Whether anybody is at the other end.
    pub(crate) async fn is_held(&mut self) -> bool {
        let ping = Message::Ping(Vec::new().into());
        self.writer.sink.send(ping).await.is_ok()
    }

    pub(crate) async fn pong(&mut self) -> Vec<u8> {
        loop {
            if let Message::Pong(data) = self.reader.stream.next().await.unwrap().unwrap() {
                return data.to_vec();
            }
        }
    }

    /// The next frame with this opcode. Heartbeats before it are acknowledged.
    pub(crate) async fn expect(&mut self, op: u64) -> Value {
        loop {
            let frame = self.reader.frame().await;
            if frame["op"] == op {
                return frame;
            }
            assert_eq!(frame["op"], 1, "expected opcode {op}, got {frame}");
            self.writer.send(r#"{"op":11}"#).await;
        }
    }

    /// Waits for a heartbeat and acknowledges it.
    pub(crate) async fn heartbeat(&mut self) {
        self.expect(1).await;
        self.writer.send(r#"{"op":11}"#).await;
    }

    /// The code of the client's close frame; `None` if it went without one.
    pub(crate) async fn closed(&mut self) -> Option<u16> {
        let mut code = None;
        while let Some(Ok(message)) = self.reader.stream.next().await {
            if let Message::Close(Some(frame)) = message {
                code = Some(frame.code.into());
            }
        }
        code
    }

    pub(crate) async fn text(&mut self, text: &str) {
        self.writer.send(text).await;
    }

    /// Sends bytes as a text frame, whatever they are.
    pub(crate) async fn raw_text(&mut self, bytes: &[u8]) {
        let text = OpCode::Data(Data::Text);
        let frame = Frame::message(bytes.to_vec(), text, true);
        self.writer.sink.send(Message::Frame(frame)).await.unwrap();
    }

    /// Sends a close frame, and does not wait for the answer.
    pub(crate) async fn close(&mut self, code: u16) {
        let frame = CloseFrame {
            code: code.into(),
            reason: "".into(),
        };
        let close = Message::Close(Some(frame));
        self.writer.sink.send(close).await.unwrap();
    }

    /// The connection dies without a word.
    pub(crate) fn cut(self) {
        drop(self);
    }
}

impl Reader {
    async fn frame(&mut self) -> Value {
        loop {
            match self.stream.next().await.expect("the client stays").unwrap() {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Close(frame) => panic!("the client closed: {frame:?}"),
                _ => {}
            }
        }
    }

    /// The next frame, which must have this opcode.
    pub(crate) async fn expect(&mut self, op: u64) -> Value {
        let frame = self.frame().await;
        assert_eq!(frame["op"], op, "{frame}");
        frame
    }
}

impl Writer {
    pub(crate) async fn event(&mut self, seq: u64, name: &str, data: &str) {
        self.send(&event(seq, name, data)).await;
    }

    /// Acknowledges a heartbeat.
    pub(crate) async fn acknowledge(&mut self) {
        self.send(r#"{"op":11}"#).await;
    }

    async fn send(&mut self, text: &str) {
        let message = self.message(text);
        self.sink.send(message).await.unwrap();
    }

    fn message(&mut self, text: &str) -> Message {
        match self.deflate {
            Some(_) => Message::Binary(self.deflate(text).into()),
            None => Message::text(text),
        }
    }

    fn deflate(&mut self, text: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(2 * text.len() + 1024);
        let deflate = self.deflate.as_mut().unwrap();
        deflate
            .compress_vec(text.as_bytes(), &mut bytes, FlushCompress::Sync)
            .unwrap();
        assert!(bytes.ends_with(&[0, 0, 0xFF, 0xFF]));
        bytes
    }
}

fn event(seq: u64, name: &str, data: &str) -> String {
    format!(r#"{{"t":"{name}","s":{seq},"op":0,"d":{data}}}"#)
}
