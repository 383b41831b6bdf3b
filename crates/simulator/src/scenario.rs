//! Bad days with a name.

mod play;

use std::fmt;
use std::str::FromStr;

/// Writes the enum and its table from one list: the documentation of a variant is its sentence.
macro_rules! scenarios {
    ($($(#[doc = $sentence:literal])+ $variant:ident = $name:literal, $($expectation:literal)+;)+) => {
        /// A bad day of one shard, with a number and a name: what [`Simulator::play`] plays.
        ///
        /// Each is made of [`Fault`](crate::Fault)s and of what else a [`Simulator`] does to a
        /// connection. Those that end the connection there is can be played before there is one: the
        /// first one then meets what the next one would have met.
        ///
        /// [`Simulator`]: crate::Simulator
        /// [`Simulator::play`]: crate::Simulator::play
        ///
        /// ```
        /// use polycord_simulator::Scenario;
        ///
        /// let scenario: Scenario = "t08_hello_never_arrives".parse()?;
        /// assert_eq!(scenario, Scenario::T08HelloNeverArrives);
        /// println!("{scenario}: {}", scenario.sentence());
        /// # Ok::<_, polycord_simulator::UnknownScenario>(())
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Scenario {
            $($(#[doc = $sentence])+ $variant,)+
        }

        impl Scenario {
            /// All of them, by number.
            #[must_use]
            pub const fn all() -> &'static [Self] {
                &[$(Self::$variant),+]
            }

            /// Its name, which begins with its number: `t08_hello_never_arrives`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// What happens in it.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($sentence),+).trim_ascii(),)+
                }
            }

            /// What a client should make of it.
            #[must_use]
            pub const fn expectation(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($expectation),+),)+
                }
            }
        }
    };
}

scenarios! {
    /// The connection is cut, and the next two are closed before anything is said on them: in the
    /// TLS handshake, where there is one.
    T03HandshakeCutOff = "t03_handshake_cut_off",
        "Dials again with backoff, session kept, then RESUMEs; says what was wrong with the "
        "certificate.";
    /// The connection is cut, and the next one shows a certificate that nobody trusts. Without TLS
    /// it is only cut.
    T03BadCertificate = "t03_bad_certificate",
        "Dials again with backoff, session kept, then RESUMEs; says what was wrong with the "
        "certificate.";
    /// The connection is cut, and the resume URL answers every upgrade with 503.
    T04ResumeUrlUnavailable = "t04_resume_url_unavailable",
        "Dials the main URL next, and RESUMEs the same session there.";
    /// The connection is cut, and the resume URL answers every upgrade with 429.
    T04ResumeUrlRateLimited = "t04_resume_url_rate_limited",
        "Dials the main URL next, and RESUMEs the same session there.";
    /// The connection is cut, and the resume URL answers every upgrade with 403.
    T04ResumeUrlForbidden = "t04_resume_url_forbidden",
        "Dials the main URL next, and RESUMEs the same session there.";
    /// The connection is cut, and every URL answers every upgrade with 503 for 38 minutes.
    T05NobodyAnswersFor38Minutes = "t05_nobody_answers_for_38_minutes",
        "Backs off with jitter up to a minute, keeps the session, and RESUMEs when somebody "
        "answers.";
    /// The resume URL answers every upgrade with 404, as one that was stored long ago may.
    T06StoredUrlIsDead = "t06_stored_url_is_dead",
        "Dials the main URL next with the stored session; never loops on the dead one.";
    /// The connection is cut; the resume URL, here as ever, comes without a query.
    T07ResumeUrlWithoutQuery = "t07_resume_url_without_query",
        "Adds `v`, `encoding` and `compress` as on the first connection; without `v` the close "
        "code is 4012.";
    /// The connection is cut; the next one opens, and HELLO never comes.
    T08HelloNeverArrives = "t08_hello_never_arrives",
        "Gives up after a deadline of its own, dials again and RESUMEs.";
    /// The connection is cut; the next one opens, and its upgrade is never answered.
    T08UpgradeNeverAnswered = "t08_upgrade_never_answered",
        "Gives up after a deadline of its own, dials again and RESUMEs.";
    /// The connection is cut; on the next one op 7 comes instead of HELLO.
    T09ReconnectInsteadOfHello = "t09_reconnect_instead_of_hello",
        "Reconnects at once, and sends nothing that needs HELLO.";
    /// The connection is cut; on the next one op 9 comes before HELLO.
    T09InvalidSessionBeforeHello = "t09_invalid_session_before_hello",
        "Takes the session for lost, and IDENTIFYs once on a new connection.";
    /// The connection is cut; the next one is cut right after HELLO.
    T10CutAfterHello = "t10_cut_after_hello",
        "Dials again; the RESUME is not lost, and the replay is complete.";
    /// The connection is cut; the next fifty are closed with 1001 before HELLO.
    T11ClosedBeforeHello50Times = "t11_closed_before_hello_50_times",
        "Lets its backoff grow although every connection opens, keeps the session, and RESUMEs "
        "in the end.";
    /// The connection is cut; the next fifty are cut before HELLO.
    T11CutBeforeHello50Times = "t11_cut_before_hello_50_times",
        "Lets its backoff grow although every connection opens, keeps the session, and RESUMEs "
        "in the end.";
    /// No session may be started any more for three hours, and the connection is cut.
    T12NoSessionStartsLeft = "t12_no_session_starts_left",
        "RESUMEs, which costs no start; sends no IDENTIFY before `reset_after`, since one more "
        "would reset the token.";
    /// `GET /gateway/bot` answers 429 with a `Retry-After` of 82,721 seconds for as long, and the
    /// connection is cut.
    T14GatewayBotRateLimited = "t14_gateway_bot_rate_limited",
        "RESUMEs what it has, which needs no REST; asks again no sooner than it is told to, and "
        "says when that is.";
    /// `GET /gateway/bot` answers 502 for ten minutes, and the connection is cut.
    T14GatewayBotBadGateway = "t14_gateway_bot_bad_gateway",
        "RESUMEs what it has, which needs no REST; asks again no sooner than it is told to, and "
        "says when that is.";
    /// Every request of REST is answered with a page of HTML, error 1015, for ten minutes, and the
    /// connection is cut.
    T14GatewayBotBanned = "t14_gateway_bot_banned",
        "RESUMEs what it has, which needs no REST; asks again no sooner than it is told to, and "
        "says when that is.";
    /// The next IDENTIFY is answered with op 9, not resumable.
    T15InvalidSessionOnIdentify = "t15_invalid_session_on_identify",
        "Waits at least 5 seconds in the same bucket, then IDENTIFYs again: one try at a time.";
    /// The next READY comes after 60 seconds; heartbeats are acknowledged.
    T17ReadyAfter60S = "t17_ready_after_60_s",
        "Goes on with heartbeats, and sends no second IDENTIFY.";
    /// The next READY comes after 10 minutes; heartbeats are acknowledged.
    T17ReadyAfter10Minutes = "t17_ready_after_10_minutes",
        "Goes on with heartbeats, and sends no second IDENTIFY.";
    /// The session is lost; of the guilds in the next READY the first never becomes available.
    T18GuildNeverAvailable = "t18_guild_never_available",
        "Is ready after a deadline of its own, and says which guilds are missing.";
    /// The connection is cut at the moment at which another shard gets its READY.
    T19CutByReadyOfAnother = "t19_cut_by_ready_of_another",
        "Says once that all shards are ready: when this one is back.";
    /// The session is lost, and the token is refused with 4004.
    T20TokenRefused = "t20_token_refused",
        "Stops every shard, and sends no other IDENTIFY with that token.";
    /// The connection is closed with 4003, and the token is refused with 4004 from then on.
    T20TokenResetAtRunTime = "t20_token_reset_at_run_time",
        "Stops every shard as soon as 4004 comes; no IDENTIFY after it.";
    /// The session is lost, and the intents are refused with 4014.
    T21IntentTakenAway = "t21_intent_taken_away",
        "Stops, and names the intent that is to be enabled.";
    /// The session is lost, and the intents are refused with 4013.
    T22InvalidIntents = "t22_invalid_intents",
        "Stops, and names what is wrong; no retry can help.";
    /// The session is lost, and the version is refused with 4012.
    T22InvalidVersion = "t22_invalid_version",
        "Stops, and names what is wrong; no retry can help.";
    /// The session is lost, and the shard is refused with 4010.
    T22InvalidShard = "t22_invalid_shard",
        "Stops, and names what is wrong; no retry can help.";
    /// The session is lost, and so few shards are refused with 4011.
    T23ShardingRequired = "t23_sharding_required",
        "Stops, and says that more shards are needed; never retries with as many.";
    /// No heartbeat is acknowledged any more; events flow.
    T24AcksWithheld = "t24_acks_withheld",
        "Takes the connection for dead when the next heartbeat is due, closes it with a code "
        "other than 1000 and 1001, and RESUMEs.";
    /// The server asks for a heartbeat between two.
    T25HeartbeatRequested = "t25_heartbeat_requested",
        "Sends a heartbeat at once, and does not take the missing acknowledgement of the "
        "regular one for a death.";
    /// No heartbeat is acknowledged any more; on the next connection the first one is after 30
    /// seconds.
    T26SlowFirstAckAfterMissedAck = "t26_slow_first_ack_after_missed_ack",
        "Counts acknowledgements by connection: the slow one is no reason for a second "
        "reconnect, unless the next heartbeat is due before it.";
    /// No heartbeat is acknowledged any more, and the close of the client is answered 10 seconds
    /// later, with 4009.
    T27OldConnectionClosesLate = "t27_old_connection_closes_late",
        "Ignores whatever comes of the old connection once the new one is up.";
    /// The connection is half open: nothing comes, what is written vanishes, nobody closes.
    T28HalfOpen = "t28_half_open",
        "Finds out by the missing acknowledgement, does not wait long for a close, and RESUMEs.";
    /// The connection is cut, and RESUME is answered with 4007.
    T31ResumeRefusedWith4007 = "t31_resume_refused_with_4007",
        "Drops the session and IDENTIFYs once.";
    /// The connection is closed with 4009.
    T32ClosedWith4009 = "t32_closed_with_4009",
        "Drops the session and IDENTIFYs once.";
    /// The connection is cut, and ten RESUMEs are answered with op 9, resumable.
    T33InvalidSessionOnResume10Times = "t33_invalid_session_on_resume_10_times",
        "RESUMEs a few times more, with pauses, then IDENTIFYs once.";
    /// Op 9, not resumable, comes on a live connection.
    T34InvalidSessionOnLiveConnection = "t34_invalid_session_on_live_connection",
        "Opens a new connection, and IDENTIFYs once, in its turn.";
    /// The connection is cut, and RESUME is answered by a cut for 90 seconds.
    T35ResumeCutFor90S = "t35_resume_cut_for_90_s",
        "RESUMEs a few times more, with backoff, then IDENTIFYs once.";
    /// The connection is cut, and RESUME is answered by a close without a code for 90 seconds.
    T35ResumeClosedFor90S = "t35_resume_closed_for_90_s",
        "RESUMEs a few times more, with backoff, then IDENTIFYs once.";
    /// The connection is closed with 4006, a code of old.
    T36ClosedWith4006 = "t36_closed_with_4006",
        "Tries to RESUME: what is not known to be fatal is not fatal.";
    /// The connection is closed with 4999, which nobody knows.
    T36ClosedWith4999 = "t36_closed_with_4999",
        "Tries to RESUME: what is not known to be fatal is not fatal.";
    /// The connection is closed without a code.
    T36ClosedWithoutCode = "t36_closed_without_code",
        "Tries to RESUME: what is not known to be fatal is not fatal.";
    /// The session is lost, and every IDENTIFY is answered with 1011.
    T37EveryStartClosedWith1011 = "t37_every_start_closed_with_1011",
        "Spares the budget of the day: after a few failed starts one try in a long while, with "
        "a report.";
    /// The connection is cut, and a hundred times again right after RESUMED.
    T38CutAfterResumed100Times = "t38_cut_after_resumed_100_times",
        "RESUMEs each time with backoff that RESUMED alone does not reset; no IDENTIFY.";
    /// The server asks for a reconnect every 10 seconds, until the simulator ends.
    T39ReconnectEvery10S = "t39_reconnect_every_10_s",
        "RESUMEs each time within a second or two; loses nothing and never IDENTIFYs.";
    /// Every shard is asked to reconnect at the same moment.
    T40ReconnectEveryShard = "t40_reconnect_every_shard",
        "Spreads the reconnects by a jitter; a RESUME waits in no queue of IDENTIFYs.";
    /// The connection is cut, and the replay begins three events too early.
    T41ReplayRepeats = "t41_replay_repeats",
        "Drops or marks what it has seen: events whose `s` is not above the last one.";
    /// The sequence number of the next event jumps by three; no event is lost.
    T41SequenceJumps = "t41_sequence_jumps",
        "Hands on the event, and says how many numbers are missing.";
    /// The connection is cut, and 50,000 events happen before it is back.
    T42ReplayOf50000 = "t42_replay_of_50000",
        "Keeps the order and its memory bounded, and is never late with a heartbeat.";
    /// The session is lost, and the next one is cut right after its READY.
    T44CutAfterNewReady = "t44_cut_after_new_ready",
        "RESUMEs the new session at its own URL, with its own number.";
    /// An event comes that nobody knows.
    T45UnknownEvent = "t45_unknown_event",
        "Hands it on raw, and takes its `s`.";
    /// A frame comes with an opcode that nobody knows.
    T45UnknownOpcode = "t45_unknown_opcode",
        "Ignores and counts it; the connection is kept.";
    /// A frame comes that is not JSON.
    T45Garbage = "t45_garbage",
        "Counts it; the connection is kept, or closed resumably and RESUMEd.";
    /// A frame comes that is not UTF-8.
    T45BadUtf8 = "t45_bad_utf8",
        "Counts it; the connection is kept, or closed resumably and RESUMEd.";
    /// A guild comes with a channel of a type that nobody knows.
    T46NewChannelType = "t46_new_channel_type",
        "Hands on the guild, with the type as it came.";
    /// A guild comes without its channels, name and roles.
    T47FieldsMissing = "t47_fields_missing",
        "Hands on the guild with what can be read; takes the `s` in any case.";
    /// A guild comes whose channels, name and roles are null.
    T47FieldsNull = "t47_fields_null",
        "Hands on the guild with what can be read; takes the `s` in any case.";
    /// A guild comes whose channels, name and roles are of other kinds.
    T47FieldsRetyped = "t47_fields_retyped",
        "Hands on the guild with what can be read; takes the `s` in any case.";
    /// A guild comes that is unavailable.
    T48UnavailableGuild = "t48_unavailable_guild",
        "Hands it on as unavailable.";
    /// The first guild of the shard is unavailable for a minute.
    T49Outage = "t49_outage",
        "Keeps what it knows of the guild; nobody is told that the bot left it.";
    /// The bot is removed from the first guild of the shard.
    T49BotRemoved = "t49_bot_removed",
        "Forgets the guild.";
    /// The session is lost; of the guilds in the next READY the first is said to be unavailable
    /// twice, then it comes.
    T49OutageRepeatedAtStart = "t49_outage_repeated_at_start",
        "Says once that the guild is there; nobody is told that the bot left it.";
    /// A guild of 10 MB comes.
    T50GuildOf10Mb = "t50_guild_of_10_mb",
        "Hands it on.";
    /// A frame of 20 MB comes.
    T50FrameOf20Mb = "t50_frame_of_20_mb",
        "Hands it on.";
    /// A message of 64 MB comes, and again in every replay.
    T50MessageOf64Mb = "t50_message_of_64_mb",
        "Hands it on, or ends the connection with a reason if that is over its limit; it may "
        "not loop on the replay.";
    /// From the next event on, every message comes in parts of 100 bytes: in messages of its own
    /// under `zlib-stream`, in frames of one else.
    T51SplitMessages = "t51_split_messages",
        "Puts the parts together to exactly the bytes that were sent.";
    /// Three events come whose messages have 65,535, 65,536 and 65,537 bytes.
    T51MessagesOf65536Bytes = "t51_messages_of_65536_bytes",
        "Hands on all three, with every byte.";
    /// The next event is cut off in its middle, and the connection with it.
    T52CutInMidFrame = "t52_cut_in_mid_frame",
        "Forgets the half, begins the next connection with a fresh context, and RESUMEs.";
    /// Bytes come that nothing was compressed to.
    T53CorruptCompressedBytes = "t53_corrupt_compressed_bytes",
        "Closes resumably, begins with a fresh context, and RESUMEs. Without compression there "
        "is nothing to corrupt: the bytes are no JSON.";
    /// The connection is closed with 4008.
    T55ClosedWith4008 = "t55_closed_with_4008",
        "RESUMEs, and sends less; commands that wait are kept or fail one by one.";
    /// The next request for members is answered with `RATE_LIMITED` and 20 seconds.
    T57MembersRateLimited = "t57_members_rate_limited",
        "Tells who asked, or asks again after the time that was said; does not hang.";
    /// The first chunk of the next answer to a request for members is lost.
    T58ChunkLost = "t58_chunk_lost",
        "Ends the request after a while without chunks, and says that it is incomplete.";
    /// The chunks of the next answer to a request for members come last to first.
    T58ChunksReversed = "t58_chunks_reversed",
        "Takes the answer for complete when all its chunks are there, in whatever order.";
    /// Each chunk of the next answer to a request for members comes twice.
    T58ChunksRepeated = "t58_chunks_repeated",
        "Counts each chunk once.";
    /// After the first chunk of the next answer to a request for members the guild is gone.
    T58GuildGone = "t58_guild_gone",
        "Ends the request, and says that the guild is gone.";
    /// A thousand events a second come for a minute.
    T59EventsWithoutPause = "t59_events_without_pause",
        "Keeps its memory bounded and its heartbeats on time, and says what it dropped if it "
        "drops.";
    /// The session is lost, and the next READY comes without `application`, and with guilds of
    /// unknown shapes.
    T70ReadyWithoutApplication = "t70_ready_without_application",
        "Starts: of READY it needs `session_id`, `resume_gateway_url` and the id of the user.";
}

impl Scenario {
    /// Whether it is over within a few minutes, and a client that copes has everything after it: what a
    /// [random schedule](crate::Schedule::random) is made of.
    #[must_use]
    pub const fn passes(self) -> bool {
        !matches!(
            self,
            // A URL stays dead, a limit or a refusal stays.
            Self::T04ResumeUrlUnavailable
                | Self::T04ResumeUrlRateLimited
                | Self::T04ResumeUrlForbidden
                | Self::T05NobodyAnswersFor38Minutes
                | Self::T06StoredUrlIsDead
                | Self::T12NoSessionStartsLeft
                | Self::T14GatewayBotRateLimited
                | Self::T14GatewayBotBadGateway
                | Self::T14GatewayBotBanned
                | Self::T20TokenRefused
                | Self::T20TokenResetAtRunTime
                | Self::T21IntentTakenAway
                | Self::T22InvalidIntents
                | Self::T22InvalidVersion
                | Self::T22InvalidShard
                | Self::T23ShardingRequired
                | Self::T37EveryStartClosedWith1011
                | Self::T39ReconnectEvery10S
                // It takes long, or is much.
                | Self::T11ClosedBeforeHello50Times
                | Self::T11CutBeforeHello50Times
                | Self::T17ReadyAfter10Minutes
                | Self::T38CutAfterResumed100Times
                | Self::T42ReplayOf50000
                | Self::T50GuildOf10Mb
                | Self::T50FrameOf20Mb
                | Self::T50MessageOf64Mb
                | Self::T59EventsWithoutPause
                // A guild is gone.
                | Self::T18GuildNeverAvailable
                | Self::T49BotRemoved
                | Self::T58GuildGone
        )
    }
}

impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Scenario {
    type Err = UnknownScenario;

    fn from_str(name: &str) -> Result<Self, UnknownScenario> {
        let found = Self::all().iter().find(|scenario| scenario.name() == name);
        found
            .copied()
            .ok_or_else(|| UnknownScenario(name.to_owned()))
    }
}

/// No [`Scenario`] has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no scenario is called {0:?}: `Scenario::all` has their names")]
pub struct UnknownScenario(String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_begin_with_their_numbers_in_order_and_can_be_read_again() {
        let mut before = "";
        for scenario in Scenario::all() {
            let (number, _) = scenario.name().split_once('_').unwrap();
            assert!(number.len() == 3 && number.starts_with('t'), "{scenario}");
            assert!(before <= number, "{scenario} comes too late");
            assert!(format!("{scenario:?}").starts_with(&number.to_uppercase()));
            assert_eq!(scenario.name().parse(), Ok(*scenario));
            assert!(scenario.sentence().ends_with('.'), "{scenario}");
            assert!(scenario.expectation().ends_with('.'), "{scenario}");
            before = number;
        }
        assert!("t99_nothing".parse::<Scenario>().is_err());
    }
}
