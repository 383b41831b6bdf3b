//! What the scenarios are made of.

use std::time::Duration;

use polycord_types::id::GuildId;
use serde_json::json;

use super::Scenario;
use crate::core::State;
use crate::faults::{Altered, Answer, Dialled, Fault, RequestFault, Script};
use crate::gateway::dispatch::guild_create;
use crate::simulator::Simulator;
use crate::world::objects;

/// Bytes in one of the megabytes that scenarios speak of.
const MEGABYTE: usize = 1_000_000;

impl Simulator {
    /// Plays a scenario with a shard.
    ///
    /// It returns at once: what it takes some time to play is played on connections to come.
    pub fn play(&self, shard: u32, scenario: Scenario) {
        self.disturb(shard, scenario);
    }

    #[expect(clippy::too_many_lines, reason = "a line or two for each")]
    pub(crate) fn play_now(&self, shard: u32, scenario: Scenario) {
        use Scenario as S;
        match scenario {
            S::T03HandshakeCutOff => self.lost_with(shard, Fault::CutInHandshake.times(2)),
            S::T03BadCertificate => self.lost_with(shard, Fault::BadCertificate),
            S::T04ResumeUrlUnavailable => self.lost_with(shard, dead_resume_url(503)),
            S::T04ResumeUrlRateLimited => self.lost_with(shard, dead_resume_url(429)),
            S::T04ResumeUrlForbidden => self.lost_with(shard, dead_resume_url(403)),
            S::T05NobodyAnswersFor38Minutes => {
                let minutes = Duration::from_secs(38 * 60);
                self.lost_with(shard, Fault::HttpStatus(503).lasting(minutes));
            }
            S::T06StoredUrlIsDead => self.script_now(shard, dead_resume_url(404)),
            S::T07ResumeUrlWithoutQuery => drop(self.cut_now(shard)),
            S::T08HelloNeverArrives => self.lost_with(shard, Fault::NoHello),
            S::T08UpgradeNeverAnswered => self.lost_with(shard, Fault::NoUpgrade),
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
            S::T12NoSessionStartsLeft => {
                self.set_session_starts_left(0);
                self.set_session_starts_reset(Duration::from_secs(3 * 60 * 60));
                self.cut_now(shard);
            }
            S::T14GatewayBotRateLimited => {
                let retry_after = Duration::from_secs(82_721);
                let with = Answer::RateLimited {
                    retry_after,
                    global: false,
                };
                self.answered_with(shard, "/gateway/bot", with, retry_after);
            }
            S::T14GatewayBotBadGateway => {
                self.answered_with(shard, "/gateway/bot", Answer::Status(502), TEN_MINUTES);
            }
            S::T14GatewayBotBanned => {
                let with = Answer::Banned {
                    retry_after: TEN_MINUTES,
                };
                self.answered_with(shard, "*", with, TEN_MINUTES);
            }
            S::T15InvalidSessionOnIdentify => {
                self.script_now(shard, Fault::InvalidSessionOnIdentify);
            }
            S::T17ReadyAfter60S => {
                self.script_now(shard, Fault::DelayReady(Duration::from_secs(60)));
            }
            S::T17ReadyAfter10Minutes => {
                self.script_now(shard, Fault::DelayReady(Duration::from_secs(600)));
            }
            S::T18GuildNeverAvailable => {
                self.script_now(shard, Fault::WithholdGuild);
                self.invalidate_now(shard, false);
            }
            S::T19CutByReadyOfAnother => {
                self.script_any_now(Fault::CutByReadyOfAnother(shard).into());
            }
            S::T20TokenRefused => self.refused_with(shard, 4004),
            S::T20TokenResetAtRunTime => {
                self.script_now(shard, Fault::CloseOnResume(Some(4004)).always());
                self.script_now(shard, Fault::CloseOnIdentify(4004).always());
                self.close_now(shard, 4003);
            }
            S::T21IntentTakenAway => self.refused_with(shard, 4014),
            S::T22InvalidIntents => self.refused_with(shard, 4013),
            S::T22InvalidVersion => self.refused_with(shard, 4012),
            S::T22InvalidShard => self.refused_with(shard, 4010),
            S::T23ShardingRequired => self.refused_with(shard, 4011),
            S::T24AcksWithheld => self.script_now(shard, Fault::WithholdAcks),
            S::T25HeartbeatRequested => drop(self.ask_heartbeat_now(shard)),
            S::T26SlowFirstAckAfterMissedAck => {
                self.script_now(shard, Fault::WithholdAcks);
                self.script_now(shard, Fault::DelayAck(Duration::from_secs(30)));
            }
            S::T27OldConnectionClosesLate => {
                self.script_now(shard, Fault::WithholdAcks);
                self.script_now(shard, Fault::LateClose(Duration::from_secs(10)));
            }
            S::T28HalfOpen => drop(self.hang_now(shard)),
            S::T31ResumeRefusedWith4007 => self.lost_with(shard, Fault::RefuseResumeWith4007),
            S::T32ClosedWith4009 => drop(self.close_now(shard, 4009)),
            S::T33InvalidSessionOnResume10Times => {
                let invalid = Fault::InvalidSessionOnResume { resumable: true };
                self.lost_with(shard, invalid.times(10));
            }
            S::T34InvalidSessionOnLiveConnection => drop(self.invalidate_now(shard, false)),
            S::T35ResumeCutFor90S => {
                let seconds = Duration::from_secs(90);
                self.lost_with(shard, Fault::CloseOnResume(None).lasting(seconds));
            }
            S::T35ResumeClosedFor90S => {
                let seconds = Duration::from_secs(90);
                self.lost_with(shard, Fault::CloseOnResume(Some(1005)).lasting(seconds));
            }
            S::T36ClosedWith4006 => drop(self.close_now(shard, 4006)),
            S::T36ClosedWith4999 => drop(self.close_now(shard, 4999)),
            S::T36ClosedWithoutCode => drop(self.close_now(shard, 1005)),
            S::T37EveryStartClosedWith1011 => self.refused_with(shard, 1011),
            S::T38CutAfterResumed100Times => {
                self.lost_with(shard, Fault::CutAfterResumed.times(100));
            }
            S::T39ReconnectEvery10S => self.reconnect_every_now(shard, Duration::from_secs(10)),
            S::T40ReconnectEveryShard => self.reconnect_all_now(),
            S::T41ReplayRepeats => self.lost_with(shard, Fault::ReplayAgain(3)),
            S::T41SequenceJumps => self.script_now(shard, Fault::SkipSequence(3)),
            S::T42ReplayOf50000 => {
                self.cut_now(shard);
                for _ in 0..50_000 {
                    self.tell(shard, "FROM_TOMORROW", "{}");
                }
            }
            S::T44CutAfterNewReady => {
                self.script_now(shard, Fault::CutAfterReady);
                self.invalidate_now(shard, false);
            }
            S::T45UnknownEvent => self.tell(shard, "FROM_TOMORROW", r#"{"is":["new"]}"#),
            S::T45UnknownOpcode => drop(self.frame_now(shard, r#"{"op":99,"d":{}}"#)),
            S::T45Garbage => drop(self.frame_now(shard, r#"{"op":0,"d":{]}"#)),
            S::T45BadUtf8 => {
                let frame: &[u8] = b"{\"op\":11,\"d\":\"\xFF\xFE\"}";
                self.frame_now(shard, frame);
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
            S::T49Outage => {
                if let Some(guild) = self.first_guild(shard) {
                    self.outage(guild, true);
                    self.later(MINUTE, move |sim| sim.outage(guild, false));
                }
            }
            S::T49BotRemoved => {
                if let Some(guild) = self.first_guild(shard) {
                    self.expel(guild);
                }
            }
            S::T49OutageRepeatedAtStart => {
                self.script_now(shard, Fault::RepeatOutage);
                self.invalidate_now(shard, false);
            }
            S::T50GuildOf10Mb => self.tell(shard, "GUILD_CREATE", &large_guild(10 * MEGABYTE)),
            S::T50FrameOf20Mb => self.tell(shard, "GUILD_CREATE", &large_guild(20 * MEGABYTE)),
            S::T50MessageOf64Mb => self.tell(shard, "GUILD_CREATE", &large_guild(64 * MEGABYTE)),
            S::T51SplitMessages => self.script_now(shard, Fault::SplitMessages(100)),
            S::T51MessagesOf65536Bytes => {
                for bytes in [65_535, 65_536, 65_537] {
                    self.tell_in_bytes(shard, bytes);
                }
            }
            S::T52CutInMidFrame => self.script_now(shard, Fault::CutInMidFrame),
            S::T53CorruptCompressedBytes => drop(self.bytes_now(shard, vec![0xAA; 64].into())),
            S::T55ClosedWith4008 => drop(self.close_now(shard, 4008)),
            S::T57MembersRateLimited => {
                let retry_after = Duration::from_secs(20);
                self.script_now(shard, RequestFault::RateLimit { op: 8, retry_after });
            }
            S::T58ChunkLost => self.script_now(shard, RequestFault::LoseChunk(0)),
            S::T58ChunksReversed => self.script_now(shard, RequestFault::ReverseChunks),
            S::T58ChunksRepeated => self.script_now(shard, RequestFault::RepeatChunks),
            S::T58GuildGone => {
                let gone = RequestFault::GuildGone {
                    after: 1,
                    outage: false,
                };
                self.script_now(shard, gone);
            }
            S::T59EventsWithoutPause => self.flood(shard),
            S::T70ReadyWithoutApplication => {
                for (field, to) in [
                    ("/application", Altered::Missing),
                    (
                        "/guilds/0",
                        Altered::Value(json!({"id": "78", "of": ["another", "shape"]})),
                    ),
                    ("/guilds/1", Altered::Value(json!("of another kind"))),
                ] {
                    self.script_now(shard, altered("READY", field, to));
                }
                self.invalidate_now(shard, false);
            }
        }
    }

    /// REST answers so for a while, and the connection is cut: what it knows has to do.
    fn answered_with(&self, shard: u32, path: &str, with: Answer, time: Duration) {
        let path = path.to_owned();
        self.script_any_now(Fault::Answer { path, with }.lasting(time));
        self.cut_now(shard);
    }

    /// The first guild of the shard, as its session counts them.
    fn first_guild(&self, shard: u32) -> Option<GuildId> {
        let state = self.core.lock();
        first_guild(&state, shard).map(|(guild, _)| GuildId::new(guild))
    }

    /// Does something after a while, if there still is a simulator then.
    fn later(&self, wait: Duration, act: impl FnOnce(&Self) + Send + 'static) {
        let sim = self.weakly();
        let mut stop = self.core.stop.subscribe();
        self.runtime.spawn(async move {
            tokio::select! {
                _ = stop.wait_for(|stopped| *stopped) => return,
                () = tokio::time::sleep(wait) => {}
            }
            if let Some(sim) = sim() {
                act(&sim);
            }
        });
    }

    /// A thousand events a second for a minute.
    fn flood(&self, shard: u32) {
        let sim = self.weakly();
        let mut stop = self.core.stop.subscribe();
        self.runtime.spawn(async move {
            let mut tick = tokio::time::interval(Duration::from_millis(10));
            for _ in 0..6_000 {
                tokio::select! {
                    _ = stop.wait_for(|stopped| *stopped) => return,
                    _ = tick.tick() => {}
                }
                let Some(sim) = sim() else {
                    return;
                };
                for _ in 0..10 {
                    sim.tell(shard, "FROM_TOMORROW", "{}");
                }
            }
        });
    }

    /// An event whose whole message has so many bytes, for each session of a shard.
    fn tell_in_bytes(&self, shard: u32, bytes: usize) {
        let next = {
            let state = self.core.lock();
            let mut sessions = state.sessions.values();
            let session = sessions.find(|session| session.shard.0 == shard);
            session.map_or(1, |session| session.seq + 1)
        };
        let around = format!(r#"{{"t":"FROM_TOMORROW","s":{next},"op":0,"d":""}}"#).len();
        let filling = "x".repeat(bytes.saturating_sub(around));
        self.tell(shard, "FROM_TOMORROW", &format!("\"{filling}\""));
    }

    /// The connection is cut, and this is what the next ones meet.
    fn lost_with(&self, shard: u32, fault: impl Into<Script>) {
        self.script_now(shard, fault);
        self.cut_now(shard);
    }

    /// The session is lost, and every IDENTIFY is answered with this code.
    fn refused_with(&self, shard: u32, code: u16) {
        self.script_now(shard, Fault::CloseOnIdentify(code).always());
        self.invalidate_now(shard, false);
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
            first_guild(&state, shard)
                .and_then(|(guild, session)| guild_create(&state, guild, session))
        };
        let Some(data) = data else {
            return;
        };
        for field in fields {
            self.script_now(shard, altered("GUILD_CREATE", field, to.clone()));
        }
        self.tell(shard, "GUILD_CREATE", &data.to_string());
    }
}

/// The first guild of a shard that a session of it serves, and the session.
fn first_guild(state: &State, shard: u32) -> Option<(u64, &str)> {
    let sessions = state.sessions.values();
    let sessions = sessions.filter(|session| session.shard.0 == shard && session.welcomed);
    // The same one in every run.
    let session = sessions.min_by_key(|session| &session.id)?;
    let here = |guild: &&u64| objects::shard_of(**guild, session.shard.1) == session.shard.0;
    let guild = state.world.guilds.keys().find(here)?;
    Some((*guild, &session.id))
}

const MINUTE: Duration = Duration::from_secs(60);
const TEN_MINUTES: Duration = Duration::from_secs(10 * 60);

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
