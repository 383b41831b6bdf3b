//! What a server says on one connection.

use polycord_workload::{
    Workload,
    json::{Id, NULL, Object},
};

use crate::encoding::{Encoder, Encoding};

/// The name of the last event of a recording, which is in no workload.
pub const LAST: &str = "GUILD_INTEGRATIONS_UPDATE";

/// Longer than any benchmark: no heartbeat disturbs it.
const HEARTBEAT_INTERVAL: u64 = 600_000;

/// One whole connection, encoded.
pub struct Recording {
    /// Sent when the connection is open.
    pub hello: Vec<u8>,
    /// Sent after IDENTIFY: READY, the events, and [`LAST`].
    pub session: Vec<u8>,
}

impl Recording {
    /// So many events, which repeat those of the workload under numbers of their own.
    pub fn new(encoding: Encoding, workload: &Workload, events: u64, url: &str) -> Self {
        let mut encoder = Encoder::new(encoding);
        let (mut greeting, mut session) = (Vec::new(), Vec::new());
        encoder.message(&hello(), &mut greeting);
        encoder.message(&ready(url, [0, 1]), &mut session);
        for (seq, frame) in (2..events + 2).zip(workload.frames.iter().cycle()) {
            encoder.message(&numbered(frame, seq), &mut session);
        }
        encoder.message(&last(events + 2), &mut session);
        Self {
            hello: greeting,
            session,
        }
    }
}

/// The same event under another number.
fn numbered(frame: &str, seq: u64) -> String {
    let (name, rest) = frame.split_once(r#","s":"#).expect("a number");
    let (_, data) = rest.split_once(',').expect("data after the number");
    format!(r#"{name},"s":{seq},{data}"#)
}

pub fn hello() -> String {
    let data = Object::new()
        .with("heartbeat_interval", HEARTBEAT_INTERVAL)
        .with("_trace", vec![r#"["gateway-prd",{"micros":0.0}]"#]);
    Object::new()
        .with("t", NULL)
        .with("s", NULL)
        .with("op", 10_u64)
        .with("d", data.end())
        .end()
        .text()
}

pub fn acknowledgement() -> &'static str {
    r#"{"t":null,"s":null,"op":11,"d":null}"#
}

pub fn resumed(seq: u64) -> String {
    format!(r#"{{"t":"RESUMED","s":{seq},"op":0,"d":{{"_trace":[]}}}}"#)
}

/// READY of a shard with fifty guilds, none of which has come yet.
pub fn ready(url: &str, shard: [u64; 2]) -> String {
    const GUILDS: u64 = 50;
    const ID: u64 = 1_081_004_946_872_352_958;
    let guilds: Vec<_> = (0..GUILDS)
        .map(|number| {
            Object::new()
                .with("unavailable", true)
                .with("id", Id(ID + (number << 22)))
                .end()
        })
        .collect();
    let user = Object::new()
        .with("verified", true)
        .with("username", "bench")
        .with("mfa_enabled", true)
        .with("id", Id(ID))
        .with("global_name", NULL)
        .with("flags", 0_u64)
        .with("email", NULL)
        .with("discriminator", "0001")
        .with("bot", true)
        .with("avatar", NULL);
    let data = Object::new()
        .with("v", 10_u64)
        .with("user_settings", Object::new().end())
        .with("user", user.end())
        .with("shard", shard.to_vec())
        .with("session_type", "normal")
        .with("session_id", "0123456789abcdef0123456789abcdef")
        .with("resume_gateway_url", url)
        .with("relationships", Vec::<u64>::new())
        .with("private_channels", Vec::<u64>::new())
        .with("presences", Vec::<u64>::new())
        .with("guilds", guilds)
        .with(
            "application",
            Object::new()
                .with("id", Id(ID))
                .with("flags", 565_248_u64)
                .end(),
        );
    Object::new()
        .with("t", "READY")
        .with("s", 1_u64)
        .with("op", 0_u64)
        .with("d", data.end())
        .end()
        .text()
}

fn last(seq: u64) -> String {
    format!(r#"{{"t":"{LAST}","s":{seq},"op":0,"d":{{"guild_id":"1081004946872352958"}}}}"#)
}
