//! What the scenarios are made of.

use std::time::Duration;

use serde_json::json;

use super::Scenario;
use crate::faults::{Altered, Dialled, Fault, Script};
use crate::gateway::dispatch::guild_create;
use crate::simulator::Simulator;
use crate::world::objects;

/// Bytes in one of the megabytes that scenarios speak of.
const MEGABYTE: usize = 1_000_000;

impl Simulator {
    /// Plays a scenario with a shard.
    ///
    /// It returns at once: what it takes some time to play is played on connections to come.
    #[expect(clippy::too_many_lines, reason = "a line or two for each")]
    pub fn play(&self, shard: u32, scenario: Scenario) {
        use Scenario as S;
        match scenario {
            S::T04ResumeUrlUnavailable => self.lost_with(shard, dead_resume_url(503)),
            S::T04ResumeUrlRateLimited => self.lost_with(shard, dead_resume_url(429)),
            S::T04ResumeUrlForbidden => self.lost_with(shard, dead_resume_url(403)),
            S::T05NobodyAnswersFor38Minutes => {
                let minutes = Duration::from_secs(38 * 60);
                self.lost_with(shard, Fault::HttpStatus(503).lasting(minutes));
            }
            S::T06StoredUrlIsDead => self.script(shard, dead_resume_url(404)),
            S::T07ResumeUrlWithoutQuery => drop(self.cut(shard)),
            S::T08HelloNeverArrives => self.lost_with(shard, Fault::NoHello),
            S::T09ReconnectInsteadOfHello => self.lost_with(shard, Fault::ReconnectInsteadOfHello),
            S::T09InvalidSessionBeforeHello => {
                self.lost_with(shard, Fault::InvalidSessionBeforeHello);
            }
            S::T10CutAfterHello => self.lost_with(shard, Fault::CloseAfterHello(None)),
            S::T11ClosedBeforeHello50Times => {
                self.lost_with(shard, Fault::CloseBeforeHello(Some(1001)).times(50));
            }
            S::T11CutBeforeHello50Times => {
                self.lost_with(shard, Fault::CloseBeforeHello(None).times(50));
            }
            S::T15InvalidSessionOnIdentify => self.script(shard, Fault::InvalidSessionOnIdentify),
            S::T17ReadyAfter60S => self.script(shard, Fault::DelayReady(Duration::from_secs(60))),
            S::T17ReadyAfter10Minutes => {
                self.script(shard, Fault::DelayReady(Duration::from_secs(600)));
            }
            S::T20TokenRefused => self.refused_with(shard, 4004),
            S::T20TokenResetAtRunTime => {
                self.script(shard, Fault::CloseOnResume(Some(4004)).always());
                self.script(shard, Fault::CloseOnIdentify(4004).always());
                self.close(shard, 4003);
            }
            S::T21IntentTakenAway => self.refused_with(shard, 4014),
            S::T22InvalidIntents => self.refused_with(shard, 4013),
            S::T22InvalidVersion => self.refused_with(shard, 4012),
            S::T22InvalidShard => self.refused_with(shard, 4010),
            S::T23ShardingRequired => self.refused_with(shard, 4011),
            S::T24AcksWithheld => self.script(shard, Fault::WithholdAcks),
            S::T25HeartbeatRequested => drop(self.request_heartbeat(shard)),
            S::T26SlowFirstAckAfterMissedAck => {
                self.script(shard, Fault::WithholdAcks);
                self.script(shard, Fault::DelayAck(Duration::from_secs(30)));
            }
            S::T27OldConnectionClosesLate => {
                self.script(shard, Fault::WithholdAcks);
                self.script(shard, Fault::LateClose(Duration::from_secs(10)));
            }
            S::T28HalfOpen => drop(self.hang(shard)),
            S::T31ResumeRefusedWith4007 => self.lost_with(shard, Fault::RefuseResumeWith4007),
            S::T32ClosedWith4009 => drop(self.close(shard, 4009)),
            S::T33InvalidSessionOnResume10Times => {
                let invalid = Fault::InvalidSessionOnResume { resumable: true };
                self.lost_with(shard, invalid.times(10));
            }
            S::T34InvalidSessionOnLiveConnection => drop(self.invalid_session(shard, false)),
            S::T35ResumeCutFor90S => {
                let seconds = Duration::from_secs(90);
                self.lost_with(shard, Fault::CloseOnResume(None).lasting(seconds));
            }
            S::T35ResumeClosedFor90S => {
                let seconds = Duration::from_secs(90);
                self.lost_with(shard, Fault::CloseOnResume(Some(1005)).lasting(seconds));
            }
            S::T36ClosedWith4006 => drop(self.close(shard, 4006)),
            S::T36ClosedWith4999 => drop(self.close(shard, 4999)),
            S::T36ClosedWithoutCode => drop(self.close(shard, 1005)),
            S::T37EveryStartClosedWith1011 => self.refused_with(shard, 1011),
            S::T38CutAfterResumed100Times => {
                self.lost_with(shard, Fault::CutAfterResumed.times(100));
            }
            S::T39ReconnectEvery10S => self.reconnect_every(shard, Duration::from_secs(10)),
            S::T41ReplayRepeats => self.lost_with(shard, Fault::ReplayAgain(3)),
            S::T41SequenceJumps => self.script(shard, Fault::SkipSequence(3)),
            S::T42ReplayOf50000 => {
                self.cut(shard);
                for _ in 0..50_000 {
                    self.tell(shard, "FROM_TOMORROW", "{}");
                }
            }
            S::T44CutAfterNewReady => {
                self.script(shard, Fault::CutAfterReady);
                self.invalid_session(shard, false);
            }
            S::T45UnknownEvent => self.tell(shard, "FROM_TOMORROW", r#"{"is":["new"]}"#),
            S::T45UnknownOpcode => drop(self.send_frame(shard, r#"{"op":99,"d":{}}"#)),
            S::T45Garbage => drop(self.send_frame(shard, r#"{"op":0,"d":{]}"#)),
            S::T45BadUtf8 => {
                let frame: &[u8] = b"{\"op\":11,\"d\":\"\xFF\xFE\"}";
                self.send_frame(shard, frame);
            }
            S::T46NewChannelType => {
                let to = Altered::Value(json!(99));
                self.guild_with(shard, ["/channels/0/type"], &to);
            }
            S::T47FieldsMissing => self.guild_with(shard, DAMAGED, &Altered::Missing),
            S::T47FieldsNull => self.guild_with(shard, DAMAGED, &Altered::Null),
            S::T47FieldsRetyped => self.guild_with(shard, DAMAGED, &Altered::Retyped),
            S::T48UnavailableGuild => {
                self.tell(shard, "GUILD_CREATE", r#"{"id":"77","unavailable":true}"#);
            }
            S::T50GuildOf10Mb => self.tell(shard, "GUILD_CREATE", &large_guild(10 * MEGABYTE)),
            S::T50FrameOf20Mb => self.tell(shard, "GUILD_CREATE", &large_guild(20 * MEGABYTE)),
            S::T50MessageOf64Mb => self.tell(shard, "GUILD_CREATE", &large_guild(64 * MEGABYTE)),
            S::T52CutInMidFrame => self.script(shard, Fault::CutInMidFrame),
            S::T53CorruptCompressedBytes => drop(self.send_bytes(shard, vec![0xAA; 64])),
            S::T55ClosedWith4008 => drop(self.close(shard, 4008)),
            S::T70ReadyWithoutApplication => {
                for (field, to) in [
                    ("/application", Altered::Missing),
                    (
                        "/guilds/0",
                        Altered::Value(json!({"id": "78", "of": ["another", "shape"]})),
                    ),
                    ("/guilds/1", Altered::Value(json!("of another kind"))),
                ] {
                    self.script(shard, altered("READY", field, to));
                }
                self.invalid_session(shard, false);
            }
        }
    }

    /// The connection is cut, and this is what the next ones meet.
    fn lost_with(&self, shard: u32, fault: impl Into<Script>) {
        self.script(shard, fault);
        self.cut(shard);
    }

    /// The session is lost, and every IDENTIFY is answered with this code.
    fn refused_with(&self, shard: u32, code: u16) {
        self.script(shard, Fault::CloseOnIdentify(code).always());
        self.invalid_session(shard, false);
    }

    /// An event for the sessions of a shard, whatever their intents.
    fn tell(&self, shard: u32, name: &str, data: &str) {
        let mut state = self.core.lock();
        let sessions = state.sessions.values();
        let mut ids: Vec<_> = sessions
            .filter(|session| session.shard.0 == shard && session.welcomed)
            .map(|session| session.id.clone())
            .collect();
        // A fixed order, so that a journal is the same from run to run.
        ids.sort_unstable();
        for id in ids {
            self.core.dispatch_to(&mut state, &id, name, data);
        }
    }

    /// The shard's first guild once more, with fields altered.
    fn guild_with<const N: usize>(&self, shard: u32, fields: [&str; N], to: &Altered) {
        let data = {
            let state = self.core.lock();
            let mut sessions = state.sessions.values();
            let session = sessions.find(|session| session.shard.0 == shard && session.welcomed);
            session.and_then(|session| {
                let here =
                    |guild: &&u64| objects::shard_of(**guild, session.shard.1) == session.shard.0;
                let guild = state.world.guilds.keys().find(here)?;
                guild_create(&state, *guild, &session.id)
            })
        };
        let Some(data) = data else {
            return;
        };
        for field in fields {
            self.script(shard, altered("GUILD_CREATE", field, to.clone()));
        }
        self.tell(shard, "GUILD_CREATE", &data.to_string());
    }
}

/// Fields of a guild that a careless model cannot do without.
const DAMAGED: [&str; 3] = ["/channels", "/name", "/roles"];

fn dead_resume_url(status: u16) -> Script {
    Fault::HttpStatus(status).always().at(Dialled::Resume)
}

fn altered(event: &str, field: &str, to: Altered) -> Fault {
    Fault::Alter {
        event: event.to_owned(),
        field: field.to_owned(),
        to,
    }
}

/// A guild whose payload has about so many bytes, in members as large guilds have them.
fn large_guild(bytes: usize) -> String {
    let member = |id: u64| {
        format!(
            r#"{{"user":{{"id":"{id}","username":"member{id}","discriminator":"0"}},"nick":null,"roles":[],"joined_at":"2024-01-01T00:00:00.000000+00:00","deaf":false,"mute":false,"flags":0}}"#
        )
    };
    let mut guild = String::with_capacity(bytes + 512);
    guild.push_str(r#"{"id":"79","name":"large","unavailable":false,"members":["#);
    guild.push_str(&member(1_000_000));
    for id in 1_000_001.. {
        if guild.len() >= bytes {
            break;
        }
        guild.push(',');
        guild.push_str(&member(id));
    }
    guild.push_str("]}");
    guild
}
