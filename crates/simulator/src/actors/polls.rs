//! Polls that people start, and vote in.

use polycord_types::id::{ChannelId, MessageId, UserId};
use serde_json::{Value, json};

use super::{Refusal, describe_user, must_exist};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::simulator::Simulator;
use crate::world::objects;
use crate::world::permissions::{READ_MESSAGE_HISTORY, VIEW_CHANNEL};

/// How long a poll of an actor lasts, in hours: a day, as a client proposes.
const HOURS: u64 = 24;

impl Simulator {
    /// A user starts a poll that lasts a day, with one answer for everybody; the answers are numbered
    /// from 1. Others are started with [`request_as`](Self::request_as).
    ///
    /// ```
    /// # use polycord_simulator::Simulator;
    /// # fn ask(sim: &Simulator) {
    /// let (general, ada) = (sim.channel("general"), sim.user("ada"));
    /// let poll = sim.start_poll(general, ada, "Tea or coffee?", &["tea", "coffee"]);
    /// sim.vote(general, poll, sim.user("grace"), 1);
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If Discord would refuse it: no such channel or user, somebody who may not start polls there, no
    /// answers or more than 10, texts that are too long.
    #[track_caller]
    pub fn start_poll(
        &self,
        channel: ChannelId,
        user: UserId,
        question: &str,
        answers: &[&str],
    ) -> MessageId {
        let answers = answers.iter();
        let answers = answers.map(|text| json!({ "poll_media": { "text": text } }));
        let poll = json!({
            "question": { "text": question },
            "answers": answers.collect::<Vec<Value>>(),
            "duration": HOURS,
        });
        let asked = self.write(channel, user, &json!({ "poll": poll }), &[]);
        self.insist(channel, user, "start a poll", asked)
    }

    /// A user votes in a poll: `MESSAGE_POLL_VOTE_ADD`. Where there is one answer for everybody, the
    /// vote they gave before is taken back first.
    ///
    /// # Panics
    ///
    /// If there is no such user, poll or answer, if the user does not see it, or if the poll is over.
    #[track_caller]
    pub fn vote(&self, channel: ChannelId, message: MessageId, user: UserId, answer: u64) {
        self.act(|core, state| {
            let poll = open_poll(core, state, channel, message, user);
            let mut answers = poll["answers"].as_array().into_iter().flatten();
            assert!(
                answers.any(|it| it["answer_id"] == answer),
                "the poll in message {message} has no answer {answer}"
            );
            let given = state.world.poll_votes.get(&message.get());
            let given = given.into_iter().flatten();
            let given = given.filter(|(_, users)| users.contains(&user.get()));
            let given: Vec<u64> = given.map(|(answer, _)| *answer).collect();
            let place = (channel.get(), message.get());
            if poll["allow_multiselect"] != true {
                for before in given.into_iter().filter(|before| *before != answer) {
                    core.set_vote(state, place, user.get(), before, false);
                }
            }
            core.set_vote(state, place, user.get(), answer, true);
        });
    }

    /// A user takes a vote back: `MESSAGE_POLL_VOTE_REMOVE`.
    ///
    /// # Panics
    ///
    /// If there is no such user or poll, if the user does not see it, or if the poll is over.
    #[track_caller]
    pub fn unvote(&self, channel: ChannelId, message: MessageId, user: UserId, answer: u64) {
        self.act(|core, state| {
            open_poll(core, state, channel, message, user);
            let place = (channel.get(), message.get());
            core.set_vote(state, place, user.get(), answer, false);
        });
    }

    /// The author of a poll ends it.
    ///
    /// # Errors
    ///
    /// As a bot is refused to end a poll of its own.
    pub fn end_poll(&self, channel: ChannelId, message: MessageId) -> Result<(), Refusal> {
        self.act(|core, state| {
            let found = state.world.message(channel.get(), message.get());
            let author = found.map_or(0, |found| objects::id(&found["author"]));
            let path = format!("/channels/{channel}/polls/{message}/expire");
            core.request_as(state, author, "POST", &path, &Value::Null)
                .map(drop)
        })
    }
}

#[track_caller]
fn open_poll(
    core: &Core,
    state: &State,
    channel: ChannelId,
    message: MessageId,
    user: UserId,
) -> Value {
    must_exist(state, channel, user);
    let allowed = state.world.permissions_in(channel.get(), user.get());
    let needed = VIEW_CHANNEL | READ_MESSAGE_HISTORY;
    assert!(
        allowed & needed == needed,
        "{} does not see what is in channel {channel}",
        describe_user(state, user)
    );
    let found = state.world.message(channel.get(), message.get());
    let Some(poll) = found
        .map(|found| &found["poll"])
        .filter(|poll| poll.is_object())
    else {
        panic!("there is no poll in message {message} of channel {channel}")
    };
    let now = core.clock.now_iso();
    let over = poll["expiry"]
        .as_str()
        .is_some_and(|end| end <= now.as_str());
    assert!(
        !over && poll["results"]["is_finalized"] != true,
        "the poll in message {message} is over"
    );
    poll.clone()
}

impl Core {
    /// Gives or takes a vote, and tells it; nothing happens if it is so already.
    fn set_vote(
        &self,
        state: &mut State,
        (channel, message): (u64, u64),
        user: u64,
        answer: u64,
        on: bool,
    ) {
        let votes = state.world.poll_votes.entry(message).or_default();
        let users = votes.entry(answer).or_default();
        let changed = if on {
            users.insert(user)
        } else {
            users.remove(&user)
        };
        if !changed {
            return;
        }
        let bot = state.world.bot;
        let counts: Value = votes
            .iter()
            .filter(|(_, users)| !users.is_empty())
            .map(|(id, users)| {
                json!({ "id": id, "count": users.len(), "me_voted": users.contains(&bot) })
            })
            .collect();
        if let Some(found) = state.world.message_mut(channel, message) {
            found["poll"]["results"] = json!({ "is_finalized": false, "answer_counts": counts });
        }
        let guild = state.world.guild_of(channel);
        let mut data = json!({
            "user_id": user.to_string(),
            "channel_id": channel.to_string(),
            "message_id": message.to_string(),
            "answer_id": answer,
        });
        if let Some(guild) = guild {
            data["guild_id"] = Value::from(guild.to_string());
        }
        let name = if on {
            "MESSAGE_POLL_VOTE_ADD"
        } else {
            "MESSAGE_POLL_VOTE_REMOVE"
        };
        self.dispatch(state, &Happening::new(name, guild, data));
    }
}
