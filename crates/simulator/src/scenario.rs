//! Bad days with a name.

mod play;

use std::fmt;
use std::str::FromStr;

/// Writes the enum and its table from one list: the documentation of a variant is its sentence.
macro_rules! scenarios {
    ($($(#[doc = $sentence:literal])+ $variant:ident = $name:literal,)+) => {
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
        }
    };
}

scenarios! {
    /// The connection is cut, and the resume URL answers every upgrade with 503.
    T04ResumeUrlUnavailable = "t04_resume_url_unavailable",
    /// The connection is cut, and the resume URL answers every upgrade with 429.
    T04ResumeUrlRateLimited = "t04_resume_url_rate_limited",
    /// The connection is cut, and the resume URL answers every upgrade with 403.
    T04ResumeUrlForbidden = "t04_resume_url_forbidden",
    /// The connection is cut, and every URL answers every upgrade with 503 for 38 minutes.
    T05NobodyAnswersFor38Minutes = "t05_nobody_answers_for_38_minutes",
    /// The resume URL answers every upgrade with 404, as one that was stored long ago may.
    T06StoredUrlIsDead = "t06_stored_url_is_dead",
    /// The connection is cut; the resume URL, here as ever, comes without a query.
    T07ResumeUrlWithoutQuery = "t07_resume_url_without_query",
    /// The connection is cut; the next one opens, and HELLO never comes.
    T08HelloNeverArrives = "t08_hello_never_arrives",
    /// The connection is cut; on the next one op 7 comes instead of HELLO.
    T09ReconnectInsteadOfHello = "t09_reconnect_instead_of_hello",
    /// The connection is cut; on the next one op 9 comes before HELLO.
    T09InvalidSessionBeforeHello = "t09_invalid_session_before_hello",
    /// The connection is cut; the next one is cut right after HELLO.
    T10CutAfterHello = "t10_cut_after_hello",
    /// The connection is cut; the next fifty are closed with 1001 before HELLO.
    T11ClosedBeforeHello50Times = "t11_closed_before_hello_50_times",
    /// The connection is cut; the next fifty are cut before HELLO.
    T11CutBeforeHello50Times = "t11_cut_before_hello_50_times",
    /// The next IDENTIFY is answered with op 9, not resumable.
    T15InvalidSessionOnIdentify = "t15_invalid_session_on_identify",
    /// The next READY comes after 60 seconds; heartbeats are acknowledged.
    T17ReadyAfter60S = "t17_ready_after_60_s",
    /// The next READY comes after 10 minutes; heartbeats are acknowledged.
    T17ReadyAfter10Minutes = "t17_ready_after_10_minutes",
    /// The session is lost, and the token is refused with 4004.
    T20TokenRefused = "t20_token_refused",
    /// The connection is closed with 4003, and the token is refused with 4004 from then on.
    T20TokenResetAtRunTime = "t20_token_reset_at_run_time",
    /// The session is lost, and the intents are refused with 4014.
    T21IntentTakenAway = "t21_intent_taken_away",
    /// The session is lost, and the intents are refused with 4013.
    T22InvalidIntents = "t22_invalid_intents",
    /// The session is lost, and the version is refused with 4012.
    T22InvalidVersion = "t22_invalid_version",
    /// The session is lost, and the shard is refused with 4010.
    T22InvalidShard = "t22_invalid_shard",
    /// The session is lost, and so few shards are refused with 4011.
    T23ShardingRequired = "t23_sharding_required",
    /// No heartbeat is acknowledged any more; events flow.
    T24AcksWithheld = "t24_acks_withheld",
    /// The server asks for a heartbeat between two.
    T25HeartbeatRequested = "t25_heartbeat_requested",
    /// No heartbeat is acknowledged any more; on the next connection the first one is after 30 seconds.
    T26SlowFirstAckAfterMissedAck = "t26_slow_first_ack_after_missed_ack",
    /// No heartbeat is acknowledged any more, and the close of the client is answered 10 seconds later,
    /// with 4009.
    T27OldConnectionClosesLate = "t27_old_connection_closes_late",
    /// The connection is half open: nothing comes, what is written vanishes, nobody closes.
    T28HalfOpen = "t28_half_open",
    /// The connection is cut, and RESUME is answered with 4007.
    T31ResumeRefusedWith4007 = "t31_resume_refused_with_4007",
    /// The connection is closed with 4009.
    T32ClosedWith4009 = "t32_closed_with_4009",
    /// The connection is cut, and ten RESUMEs are answered with op 9, resumable.
    T33InvalidSessionOnResume10Times = "t33_invalid_session_on_resume_10_times",
    /// Op 9, not resumable, comes on a live connection.
    T34InvalidSessionOnLiveConnection = "t34_invalid_session_on_live_connection",
    /// The connection is cut, and RESUME is answered by a cut for 90 seconds.
    T35ResumeCutFor90S = "t35_resume_cut_for_90_s",
    /// The connection is cut, and RESUME is answered by a close without a code for 90 seconds.
    T35ResumeClosedFor90S = "t35_resume_closed_for_90_s",
    /// The connection is closed with 4006, a code of old.
    T36ClosedWith4006 = "t36_closed_with_4006",
    /// The connection is closed with 4999, which nobody knows.
    T36ClosedWith4999 = "t36_closed_with_4999",
    /// The connection is closed without a code.
    T36ClosedWithoutCode = "t36_closed_without_code",
    /// The session is lost, and every IDENTIFY is answered with 1011.
    T37EveryStartClosedWith1011 = "t37_every_start_closed_with_1011",
    /// The connection is cut, and a hundred times again right after RESUMED.
    T38CutAfterResumed100Times = "t38_cut_after_resumed_100_times",
    /// The server asks for a reconnect every 10 seconds, until the simulator ends.
    T39ReconnectEvery10S = "t39_reconnect_every_10_s",
    /// The connection is cut, and the replay begins three events too early.
    T41ReplayRepeats = "t41_replay_repeats",
    /// The sequence number of the next event jumps by three; no event is lost.
    T41SequenceJumps = "t41_sequence_jumps",
    /// The connection is cut, and 50,000 events happen before it is back.
    T42ReplayOf50000 = "t42_replay_of_50000",
    /// The session is lost, and the next one is cut right after its READY.
    T44CutAfterNewReady = "t44_cut_after_new_ready",
    /// An event comes that nobody knows.
    T45UnknownEvent = "t45_unknown_event",
    /// A frame comes with an opcode that nobody knows.
    T45UnknownOpcode = "t45_unknown_opcode",
    /// A frame comes that is not JSON.
    T45Garbage = "t45_garbage",
    /// A frame comes that is not UTF-8.
    T45BadUtf8 = "t45_bad_utf8",
    /// A guild comes with a channel of a type that nobody knows.
    T46NewChannelType = "t46_new_channel_type",
    /// A guild comes without its channels, name and roles.
    T47FieldsMissing = "t47_fields_missing",
    /// A guild comes whose channels, name and roles are null.
    T47FieldsNull = "t47_fields_null",
    /// A guild comes whose channels, name and roles are of other kinds.
    T47FieldsRetyped = "t47_fields_retyped",
    /// A guild comes that is unavailable.
    T48UnavailableGuild = "t48_unavailable_guild",
    /// A guild of 10 MB comes.
    T50GuildOf10Mb = "t50_guild_of_10_mb",
    /// A frame of 20 MB comes.
    T50FrameOf20Mb = "t50_frame_of_20_mb",
    /// A message of 64 MB comes, and again in every replay.
    T50MessageOf64Mb = "t50_message_of_64_mb",
    /// The next event is cut off in its middle, and the connection with it.
    T52CutInMidFrame = "t52_cut_in_mid_frame",
    /// Bytes come that nothing was compressed to.
    T53CorruptCompressedBytes = "t53_corrupt_compressed_bytes",
    /// The connection is closed with 4008.
    T55ClosedWith4008 = "t55_closed_with_4008",
    /// The session is lost, and the next READY comes without `application`, and with guilds of unknown
    /// shapes.
    T70ReadyWithoutApplication = "t70_ready_without_application",
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
            before = number;
        }
        assert!("t99_nothing".parse::<Scenario>().is_err());
    }
}
