//! A bare websocket client: what it sends and receives is what stands in the test.

use flate2::{Decompress, FlushDecompress};
use futures_util::{SinkExt, StreamExt};
use http::Uri;
use polycord_simulator::Simulator;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite, DuplexStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Message};
use tokio_tungstenite::tungstenite::{ClientRequestBuilder, Error};

pub(crate) const ALL: u64 = 0x1_ffff | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25;
pub(crate) const GUILDS: u64 = 1;
pub(crate) const QUERY: &str = "/?v=10&encoding=json";

pub(crate) struct Client<S = DuplexStream> {
    pub(crate) ws: WebSocketStream<S>,
    inflater: Option<Inflater>,
}

enum Inflater {
    Zlib(Decompress),
    #[cfg(feature = "zstd")]
    Zstd(zstd_safe::DCtx<'static>),
}

impl Inflater {
    /// The one that the path of a connection asks for.
    fn of(path: &str) -> Option<Self> {
        match path.split_once("compress=")?.1 {
            "zlib-stream" => Some(Self::Zlib(Decompress::new(true))),
            #[cfg(feature = "zstd")]
            "zstd-stream" => Some(Self::Zstd(zstd_safe::DCtx::create())),
            other => panic!("{other}"),
        }
    }

    /// The message of a frame; nothing for half of one.
    fn message(&mut self, bytes: &[u8]) -> Option<String> {
        let mut out = Vec::with_capacity(1 << 20);
        match self {
            Self::Zlib(context) => {
                context
                    .decompress_vec(bytes, &mut out, FlushDecompress::Sync)
                    .unwrap();
                if !bytes.ends_with(&[0, 0, 0xff, 0xff]) {
                    return None;
                }
            }
            #[cfg(feature = "zstd")]
            Self::Zstd(context) => {
                let mut target = zstd_safe::OutBuffer::around(&mut out);
                let mut source = zstd_safe::InBuffer::around(bytes);
                let wanted = context.decompress_stream(&mut target, &mut source).unwrap();
                // At the end of a block: what comes next is the header of another.
                if wanted != 3 {
                    return None;
                }
            }
        }
        Some(String::from_utf8(out).unwrap())
    }
}

/// What a connection ended with.
#[derive(Debug, PartialEq)]
pub(crate) enum End {
    Closed(u16),
    Cut,
}

pub(crate) async fn dial(sim: &Simulator, path: &str) -> Result<Client, Error> {
    dial_over(sim.connect(), path).await
}

pub(crate) async fn dial_over<S>(io: S, path: &str) -> Result<Client<S>, Error>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let uri: Uri = format!("ws://127.0.0.1{path}").parse().unwrap();
    let (ws, _) = tokio_tungstenite::client_async(ClientRequestBuilder::new(uri), io).await?;
    let inflater = Inflater::of(path);
    Ok(Client { ws, inflater })
}

/// Dials, and reads HELLO.
pub(crate) async fn greeted(sim: &Simulator, path: &str) -> Client {
    let mut client = dial(sim, path).await.unwrap();
    assert_eq!(client.next().await.unwrap()["op"], 10);
    client
}

pub(crate) fn identify(sim: &Simulator, intents: u64, shard: [u32; 2]) -> Value {
    json!({ "op": 2, "d": {
        "token": sim.token(),
        "properties": { "os": "linux", "browser": "test", "device": "test" },
        "intents": intents,
        "shard": shard,
    }})
}

pub(crate) fn resume(sim: &Simulator, session: &str, seq: u64) -> Value {
    json!({ "op": 6, "d": { "token": sim.token(), "session_id": session, "seq": seq } })
}

/// Identifies shard 0 of 1 and reads READY and the guilds; gives READY, too.
pub(crate) async fn ready(sim: &Simulator, intents: u64) -> (Client, Value) {
    let mut client = greeted(sim, QUERY).await;
    client.send(identify(sim, intents, [0, 1])).await;
    let ready = client.dispatch("READY").await;
    if intents & GUILDS != 0 {
        for _ in ready["d"]["guilds"].as_array().unwrap() {
            client.dispatch("GUILD_CREATE").await;
        }
    }
    (client, ready)
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    pub(crate) async fn send(&mut self, payload: Value) {
        self.send_text(payload.to_string()).await;
    }

    pub(crate) async fn send_text(&mut self, text: String) {
        // What a dead connection makes of it shows in what is read next.
        let _ = self.ws.send(Message::text(text)).await;
    }

    pub(crate) async fn next(&mut self) -> Result<Value, End> {
        loop {
            let text = match self.ws.next().await {
                Some(Ok(Message::Text(text))) => text.as_str().to_owned(),
                Some(Ok(Message::Binary(bytes))) => {
                    let inflater = self.inflater.as_mut().unwrap();
                    let Some(text) = inflater.message(&bytes) else {
                        continue;
                    };
                    text
                }
                Some(Ok(Message::Close(frame))) => {
                    return Err(End::Closed(frame.map_or(1005, |frame| frame.code.into())));
                }
                Some(Ok(_)) => continue,
                Some(Err(_)) | None => return Err(End::Cut),
            };
            return Ok(serde_json::from_str(&text).unwrap());
        }
    }

    /// The next frame, which has to be this dispatch.
    pub(crate) async fn dispatch(&mut self, name: &str) -> Value {
        let frame = self.next().await.unwrap();
        assert_eq!(frame["t"], name, "{frame}");
        assert_eq!(frame["op"], 0);
        frame
    }

    /// Reads to the end.
    pub(crate) async fn end(&mut self) -> End {
        loop {
            if let Err(end) = self.next().await {
                return end;
            }
        }
    }

    pub(crate) async fn close(mut self, code: u16) {
        let frame = CloseFrame {
            code: code.into(),
            reason: "".into(),
        };
        self.ws.send(Message::Close(Some(frame))).await.unwrap();
        while self.ws.next().await.is_some() {}
    }
}
