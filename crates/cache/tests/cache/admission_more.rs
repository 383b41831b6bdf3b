//! Users, presences and messages are let in, or are not, and the rest of the world goes on.

use std::convert::Infallible;

use fastrand::Rng;
use polycord_cache::{Cache, CacheBuilder, Change, Delta, FetchExt, Kind, ReadState};
use polycord_types::{
    decode::{Decode, from_str},
    id::RoleId,
    member::Member,
    message::Message,
    presence::Status,
    user::User,
};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::task::yield_now;

use crate::messages::{direct, in_guild, message};
use crate::play::{Play, guild, id, member, secs, user};
use crate::{model_messages, model_people};

const ME: u64 = 99;

fn model<T: Decode>(value: &Value) -> T {
    from_str(&value.to_string()).unwrap()
}

fn bot(id: u64) -> Value {
    let mut bot = user(id);
    bot["bot"] = json!(true);
    bot
}

fn told(guild: u64, mut data: Value) -> Value {
    data["guild_id"] = json!(guild.to_string());
    data
}

fn presence(user: u64, status: &str) -> Value {
    let activities = if status == "online" {
        json!([{"name": "chess", "type": 0, "created_at": 5}])
    } else {
        json!([])
    };
    json!({"user": {"id": user.to_string()}, "status": status, "activities": activities,
        "client_status": {}})
}

fn status(play: &Play, user: u64) -> Option<Status> {
    let presence = play.cache.presence(id(1), id(user));
    presence.map(|presence| presence.status())
}

fn unread(play: &Play, channel: u64) -> Option<ReadState> {
    play.cache.read_state(id(channel))
}

fn message_ids(play: &Play, channel: u64) -> Vec<u64> {
    let messages = play.cache.messages(id(channel));
    messages.map(|message| message.id().get()).collect()
}

fn refused(play: &Play, kind: Kind) -> u64 {
    let evictions = play.cache.stats().of(kind).evictions;
    assert_eq!(evictions.total(), evictions.admission);
    evictions.admission
}

#[track_caller]
fn assert_sound(play: &Play) {
    assert_eq!(play.cache.audit(), Vec::<String>::new());
}

fn without_bots() -> CacheBuilder {
    Cache::builder().admit_users(|applicant| !applicant.user.is_bot())
}

#[test]
fn a_user_who_is_not_let_in_breaks_no_member_and_no_message() {
    let mut play = Play::new(without_bots().build());
    play.ready(&[1]);
    let mut whole = guild(1);
    let mut robot = member(8);
    robot["user"] = bot(8);
    let mut own = member(ME);
    own["user"] = bot(ME);
    whole["members"] = json!([member(7), robot, own]);
    whole["member_count"] = json!(3);
    play.event("GUILD_CREATE", whole);
    let mut said = message(100, 500, 8);
    said["author"] = bot(8);
    play.event("MESSAGE_CREATE", said);

    assert_eq!(play.member_ids(1), [7, 8, ME]);
    assert!(play.user(7).is_some() && play.user(8).is_none());
    assert!(play.user(ME).is_some(), "that is us");
    assert!(play.cache.current_user().is_some());
    let view = play.cache.view(id(1)).unwrap();
    assert!(view.knows_all_members());
    assert_eq!(view.display_name(id(8)), None);
    assert!(play.cache.mutual_guilds(id(8)).eq([id(1)]));
    let said = play.cache.message(id(100), id(500)).unwrap();
    assert_eq!(said.author_id().get(), 8);
    assert_eq!(said.author(&play.cache), None);
    assert_eq!(play.cache.counts().of(Kind::User), 2);
    assert_sound(&play);
    play.leaves(1, 8);
    assert_eq!(play.member_ids(1), [7, ME]);
}

#[test]
fn a_user_who_is_let_in_no_longer_goes_without_a_word_and_comes_back_as_new() {
    let cache = Cache::builder().admit_users(|it| it.user.name() != "hidden");
    let mut play = Play::new(cache.build());
    play.event("GUILD_CREATE", guild(1));
    let mut hidden = told(1, member(8));
    hidden["user"]["username"] = json!("hidden");
    assert_eq!(play.event("GUILD_MEMBER_UPDATE", hidden), []);
    assert!(play.user(8).is_none() && play.member(1, 8).is_some());
    assert_eq!(refused(&play, Kind::User), 1);

    // Neither a part of them nor a word by hand brings them in.
    let mut seen = told(1, presence(8, "online"));
    seen["user"]["username"] = json!("hidden");
    play.event("PRESENCE_UPDATE", seen);
    let mut told_by_hand = user(8);
    told_by_hand["username"] = json!("hidden");
    let changes = play.cache.insert_user(&model(&told_by_hand), secs(1));
    assert!(changes.is_empty() && play.user(8).is_none());

    let changes = play.event("GUILD_MEMBER_UPDATE", told(1, member(8)));
    assert!(
        matches!(changes.as_slice(), [Change::User(Delta::Added(new))] if new.name() == "user 8"),
        "{changes:?}"
    );
    assert_eq!(refused(&play, Kind::User), 1);
    assert_sound(&play);
}

#[test]
fn a_part_of_a_user_that_is_told_can_turn_them_away() {
    let cache = Cache::builder().admit_users(|it| it.user.global_name() != Some("hidden"));
    let mut play = Play::new(cache.build());
    play.event("GUILD_CREATE", guild(1));
    let mut seen = told(1, presence(8, "online"));
    seen["user"]["global_name"] = json!("hidden");
    play.event("PRESENCE_UPDATE", seen);
    assert!(play.user(8).is_none());
    assert_eq!(status(&play, 8), Some(Status::Online));
    assert_sound(&play);
}

#[tokio::test]
async fn who_is_fetched_and_not_let_in_is_given_to_those_who_asked() {
    let play = Play::new(without_bots().build());
    let answer = || async { Ok::<_, Infallible>(Some(model::<User>(&bot(8)))) };
    let found = play.cache.user_or_fetch(id(8), answer).await.unwrap();
    assert_eq!(found.unwrap().id().get(), 8);
    assert!(play.user(8).is_none());
}

#[tokio::test]
async fn an_answer_that_an_event_overtook_brings_nobody_in_whom_the_event_turned_away() {
    let cache = Cache::builder().admit_members(|it| !it.roles.is_empty());
    let mut play = Play::new(cache.build());
    play.event("GUILD_CREATE", guild(1));
    let (answer, given) = oneshot::channel();
    let cache = play.cache.clone();
    let asker = tokio::spawn(async move {
        let fetch = || async { Ok::<_, Infallible>(given.await.unwrap()) };
        cache.member_or_fetch(id(1), id(8), fetch).await
    });
    yield_now().await;
    play.event("GUILD_MEMBER_UPDATE", told(1, member(8)));
    let mut before = member(8);
    before["roles"] = json!(["150"]);
    answer
        .send(Some(model::<Member>(&before)))
        .expect("it was asked");
    assert!(asker.await.unwrap().unwrap().is_some());
    assert!(play.member(1, 8).is_none());
}

#[test]
fn a_member_who_is_turned_away_leaves_no_presence_behind_that_grows_old() {
    let cache = Cache::builder().admit_members(|it| !it.roles.is_empty());
    let mut play = Play::new(cache.build());
    play.event("GUILD_CREATE", guild(1));
    let mut with_role = told(1, member(8));
    with_role["roles"] = json!(["150"]);
    play.event("GUILD_MEMBER_UPDATE", with_role);
    play.event("PRESENCE_UPDATE", told(1, presence(8, "online")));
    assert_eq!(status(&play, 8), Some(Status::Online));
    assert_eq!(play.event("GUILD_MEMBER_UPDATE", told(1, member(8))), []);
    play.event("PRESENCE_UPDATE", told(1, presence(8, "idle")));
    assert_eq!(status(&play, 8), None);
    assert_sound(&play);
}

fn of_moderators() -> CacheBuilder {
    const MODERATORS: RoleId = RoleId::new(150);
    Cache::builder().admit_presences(|it| it.roles.contains(&MODERATORS))
}

#[test]
fn a_presence_that_is_not_let_in_is_not_known_and_never_offline() {
    let mut play = Play::new(of_moderators().build());
    let mut whole = guild(1);
    whole["members"][0]["roles"] = json!(["150"]);
    whole["presences"] = json!([presence(7, "idle"), presence(8, "idle")]);
    play.event("GUILD_CREATE", whole.clone());
    assert_eq!(
        (status(&play, 7), status(&play, 8)),
        (Some(Status::Idle), None)
    );
    for now in ["online", "offline", "dnd", "offline"] {
        assert_eq!(play.event("PRESENCE_UPDATE", told(1, presence(8, now))), []);
        assert_eq!(status(&play, 8), None, "{now}");
    }
    let chunk = json!({"guild_id": "1", "members": [whole["members"][0], member(8)], "chunk_index": 0,
        "chunk_count": 1, "presences": []});
    play.event("GUILD_MEMBERS_CHUNK", chunk);
    assert_eq!(
        (status(&play, 7), status(&play, 8)),
        (Some(Status::Offline), None),
        "who is not listed is offline"
    );
    whole["presences"] = json!([presence(7, "offline"), presence(8, "offline")]);
    play.event("GUILD_CREATE", whole);
    assert_eq!(
        (status(&play, 7), status(&play, 8)),
        (Some(Status::Offline), None)
    );
    assert_eq!(play.member_ids(1), [7, 8]);
    assert_eq!(refused(&play, Kind::Presence), 0, "none was ever kept");
    assert_sound(&play);
}

#[test]
fn a_presence_that_is_let_in_no_longer_goes_without_a_word() {
    let mut play = Play::new(of_moderators().build());
    let mut whole = guild(1);
    whole["members"][0]["roles"] = json!(["150"]);
    whole["presences"] = json!([presence(7, "idle")]);
    play.event("GUILD_CREATE", whole);
    play.event("GUILD_MEMBER_UPDATE", told(1, member(7)));
    assert_eq!(
        status(&play, 7),
        Some(Status::Idle),
        "nothing was told of it"
    );
    assert_eq!(
        play.event("PRESENCE_UPDATE", told(1, presence(7, "dnd"))),
        []
    );
    assert_eq!(status(&play, 7), None);
    assert_eq!(refused(&play, Kind::Presence), 1);

    // The same in a guild that is told as a whole.
    let mut again = told(1, member(7));
    again["roles"] = json!(["150"]);
    play.event("GUILD_MEMBER_UPDATE", again);
    play.event("PRESENCE_UPDATE", told(1, presence(7, "dnd")));
    let mut whole = guild(1);
    whole["presences"] = json!([presence(7, "dnd")]);
    let changes = play.event("GUILD_CREATE", whole);
    assert!(
        matches!(changes.as_slice(), [Change::Member(Delta::Updated { .. })]),
        "{changes:?}"
    );
    assert_eq!(status(&play, 7), None);
    assert_eq!(refused(&play, Kind::Presence), 2);
    assert_sound(&play);
}

#[test]
fn who_goes_offline_is_told_to_be_so_whoever_is_let_in() {
    let cache = Cache::builder().admit_presences(|it| it.presence.has_activities());
    let mut play = Play::new(cache.build());
    play.event("GUILD_CREATE", guild(1));
    play.event("PRESENCE_UPDATE", told(1, presence(7, "online")));
    let changes = play.event("PRESENCE_UPDATE", told(1, presence(7, "offline")));
    assert!(
        matches!(changes.as_slice(), [Change::Presence(Delta::Removed(_))]),
        "{changes:?}"
    );
    assert_eq!(status(&play, 7), None, "of that nothing is kept");
    assert_eq!(refused(&play, Kind::Presence), 0);
    assert_sound(&play);
}

fn what_people_say() -> CacheBuilder {
    Cache::builder().admit_messages(|it| !it.is_by_bot && !it.message.content().contains("spam"))
}

fn by_bot(channel: u64, number: u64) -> Value {
    let mut said = message(channel, number, 8);
    said["author"] = bot(8);
    said
}

#[test]
fn a_message_that_is_not_let_in_counts_for_all_but_the_cache() {
    let mut play = in_guild(what_people_say().build());
    let typing = json!({"channel_id": "100", "guild_id": "1", "user_id": "8", "timestamp": 1});
    play.event("TYPING_START", typing);
    let mut pings = by_bot(100, 500);
    pings["mentions"] = json!([user(ME)]);
    let changes = play.event("MESSAGE_CREATE", pings);
    assert!(
        changes
            .iter()
            .any(|change| matches!(change, Change::TypingStopped { .. })),
        "{changes:?}"
    );
    assert!(
        !changes
            .iter()
            .any(|change| matches!(change, Change::Message(_))),
        "{changes:?}"
    );
    assert!(play.cache.message(id(100), id(500)).is_none());
    assert_eq!(play.cache.counts().of(Kind::Message), 0);
    let last = play.channel(100).unwrap().last_message_id;
    assert_eq!(last, Some(id(500)));
    let state = unread(&play, 100).unwrap();
    assert_eq!(
        (state.unread, state.mentions, state.is_estimate),
        (1, 1, false)
    );
    assert_eq!(play.cache.gap(id(100)), None);

    let webhook = json!({"id": "900", "username": "hook", "discriminator": "0000"});
    let mut hooked = message(100, 501, 900);
    hooked["author"] = webhook;
    hooked["webhook_id"] = json!("900");
    play.event("MESSAGE_CREATE", hooked);
    play.event("MESSAGE_CREATE", message(100, 502, 7));
    assert_eq!(message_ids(&play, 100), [502]);
    assert_eq!(unread(&play, 100).unwrap().unread, 3);
    assert_sound(&play);
}

#[test]
fn a_message_that_is_not_let_in_takes_no_place_among_the_newest() {
    let mut play = in_guild(what_people_say().messages_per_channel(2).build());
    for (number, is_bot) in [
        (500, false),
        (501, true),
        (502, false),
        (503, true),
        (504, true),
    ] {
        let said = if is_bot {
            by_bot(100, number)
        } else {
            message(100, number, 7)
        };
        play.event("MESSAGE_CREATE", said);
    }
    assert_eq!(message_ids(&play, 100), [502, 500]);
    play.event("MESSAGE_CREATE", message(100, 505, 7));
    assert_eq!(message_ids(&play, 100), [505, 502]);
}

#[test]
fn a_message_edited_into_what_is_not_let_in_goes_and_the_edit_is_told() {
    let mut play = in_guild(what_people_say().build());
    let mut said = message(100, 500, 7);
    said["mentions"] = json!([user(60)]);
    play.event("MESSAGE_CREATE", said.clone());
    assert!(play.user(60).is_some());
    said["content"] = json!("spam");
    let changes = play.event("MESSAGE_UPDATE", said.clone());
    assert!(
        matches!(changes.as_slice(), [Change::UncachedMessageUpdated { new }] if new.content() == "spam"),
        "{changes:?}"
    );
    assert!(message_ids(&play, 100).is_empty());
    assert!(play.user(60).is_none(), "nothing needs them");
    assert_eq!(refused(&play, Kind::Message), 1);
    // It may be as old as the channel by now: it stays out.
    said["content"] = json!("sorry");
    play.event("MESSAGE_UPDATE", said);
    assert!(message_ids(&play, 100).is_empty());
    assert_sound(&play);
}

#[test]
fn the_deletion_of_a_message_that_was_not_let_in_is_told_and_makes_the_counters_an_estimate() {
    let mut play = in_guild(what_people_say().build());
    play.event("MESSAGE_CREATE", message(100, 500, 7));
    play.event("MESSAGE_CREATE", by_bot(100, 501));
    let gone = json!({"id": "501", "channel_id": "100", "guild_id": "1"});
    let changes = play.event("MESSAGE_DELETE", gone);
    let told = changes.iter().find_map(|change| match change {
        Change::MessagesRemoved { ids, old, .. } => Some((ids.len(), old.len())),
        _ => None,
    });
    assert_eq!(told, Some((1, 0)), "{changes:?}");
    let state = unread(&play, 100).unwrap();
    assert_eq!((state.unread, state.is_estimate), (2, true));
    // Whoever reads everything knows again.
    let _ = play.cache.mark_read(id(100), None);
    let state = unread(&play, 100).unwrap();
    assert_eq!((state.unread, state.is_estimate), (0, false));

    play.event("MESSAGE_CREATE", by_bot(100, 502));
    play.event("MESSAGE_CREATE", message(100, 503, 7));
    let bulk = json!({"ids": ["502", "503"], "channel_id": "100", "guild_id": "1"});
    play.event("MESSAGE_DELETE_BULK", bulk);
    let state = unread(&play, 100).unwrap();
    assert_eq!((state.unread, state.is_estimate), (1, true));
    assert_sound(&play);
}

#[test]
fn reading_a_part_of_what_is_not_all_cached_gives_an_estimate() {
    let mut play = in_guild(what_people_say().build());
    for number in [500, 501] {
        play.event("MESSAGE_CREATE", message(100, number, 7));
    }
    play.event("MESSAGE_CREATE", by_bot(100, 502));
    let _ = play.cache.mark_read(id(100), Some(id(500)));
    let state = unread(&play, 100).unwrap();
    assert_eq!((state.unread, state.is_estimate), (1, true));
}

#[tokio::test]
async fn what_is_fetched_or_written_by_hand_is_asked_of_too() {
    let play = in_guild(what_people_say().build());
    let (good, bad) = (message(100, 500, 7), by_bot(100, 501));
    let _ = play.cache.insert_message(&model::<Message>(&good), secs(1));
    let _ = play.cache.insert_message(&model::<Message>(&bad), secs(1));
    let answer = || async { Ok::<_, Infallible>(Some(model::<Message>(&bad))) };
    let found = play.cache.message_or_fetch(id(100), id(501), answer).await;
    assert_eq!(found.unwrap().unwrap().id().get(), 501, "for whoever asked");
    assert_eq!(message_ids(&play, 100), [500]);

    let mut edited = good;
    edited["content"] = json!("spam");
    let changes = play
        .cache
        .insert_message(&model::<Message>(&edited), secs(2));
    assert!(changes.is_empty());
    assert!(message_ids(&play, 100).is_empty());
    assert_sound(&play);
}

#[test]
fn direct_messages_that_are_not_let_in_leave_their_channel_known() {
    let cache = Cache::builder().admit_messages(|it| it.message.guild_id().is_some() || it.is_own);
    let mut play = in_guild(cache.build());
    play.event("MESSAGE_CREATE", direct(900, 500, 60));
    play.event("MESSAGE_CREATE", direct(900, 501, ME));
    play.event("MESSAGE_CREATE", direct(900, 502, 60));
    assert_eq!(message_ids(&play, 900), [501]);
    let channel = play.cache.dm_channel(id(900)).unwrap();
    assert_eq!(channel.last_message_id(), Some(id(502)));
    assert_eq!(channel.recipient_id(), Some(id(60)));
    assert!(play.user(60).is_some());
    assert_eq!(unread(&play, 900).unwrap().unread, 1);
    assert_sound(&play);
}

#[test]
fn what_is_restored_is_asked_of_too() {
    let mut before = in_guild(Cache::new());
    let mut robot = told(1, member(8));
    robot["user"] = bot(8);
    robot["roles"] = json!(["150"]);
    before.event("GUILD_MEMBER_UPDATE", robot);
    before.event("PRESENCE_UPDATE", told(1, presence(7, "online")));
    before.event("PRESENCE_UPDATE", told(1, presence(8, "offline")));
    before.event("MESSAGE_CREATE", message(100, 500, 7));
    before.event("MESSAGE_CREATE", by_bot(100, 501));
    let mut file = Vec::new();
    before.cache.snapshot([]).write_to(&mut file).unwrap();
    let restored = |builder: CacheBuilder| Play::new(builder.restore(&file[..], &[]).unwrap());

    let play = restored(without_bots());
    assert!(play.user(7).is_some() && play.user(8).is_none());
    assert_eq!(play.member_ids(1), [7, 8]);
    assert_sound(&play);

    let play = restored(what_people_say());
    assert_eq!(message_ids(&play, 100), [500]);
    assert_eq!(unread(&play, 100).unwrap().unread, 2);
    assert_sound(&play);

    let play = restored(of_moderators());
    assert_eq!(
        (status(&play, 7), status(&play, 8)),
        (None, Some(Status::Offline))
    );
    assert_sound(&play);
    let play = restored(Cache::builder().admit_presences(|it| it.roles.is_empty()));
    assert_eq!(
        (status(&play, 7), status(&play, 8)),
        (Some(Status::Online), None)
    );

    let play = restored(Cache::builder().admit_members(|it| it.roles.is_empty()));
    assert_eq!(play.member_ids(1), [7]);
    assert_eq!(status(&play, 8), None);
    assert!(play.user(8).is_some(), "a message needs them");
    assert_eq!(play.guild(1).unwrap().member_count(), Some(2));
    assert_sound(&play);
}

#[test]
fn a_picky_cache_has_of_random_messages_what_another_has_but_for_what_it_refuses() {
    let is_let_in = |id: u64| id.is_multiple_of(4);
    for seed in 0..4 {
        println!("seed {seed}");
        let mut random = Rng::with_seed(seed);
        let mut steps = model_messages::Model::new();
        let all = Cache::builder().messages_per_channel(1_000);
        let some = all.clone();
        let some = some.admit_messages(move |it| is_let_in(it.message.id().get()));
        let (mut all, mut some) = (in_guild(all.build()), in_guild(some.build()));
        for number in 0..400 {
            let (name, data) = model_messages::step(&mut random, &mut steps, 10_000 + 2 * number);
            all.event(name, data.clone());
            some.event(name, data);
            for channel in model_messages::CHANNELS {
                let expected = all.cache.messages(id(channel));
                let expected = expected.filter(|message| is_let_in(message.id().get()));
                assert!(some.cache.messages(id(channel)).eq(expected));
                let last = |play: &Play| Some(play.channel(channel)?.last_message_id);
                assert_eq!(last(&some), last(&all));
                let (known, exact) = (unread(&some, channel), unread(&all, channel));
                let known = known.filter(|state| !state.is_estimate);
                assert!(known.is_none() || known == exact, "{known:?} {exact:?}");
            }
            assert_sound(&some);
        }
        let numbers = [&all, &some].map(|play| play.cache.counts().of(Kind::Message));
        assert!(numbers[0] > numbers[1] && numbers[1] > 0, "{numbers:?}");
    }
}

#[test]
fn a_picky_cache_has_of_random_people_what_another_has_but_for_whom_it_refuses() {
    let is_odd = |id: u64| !id.is_multiple_of(2);
    for seed in 0..4 {
        println!("seed {seed}");
        let mut random = Rng::with_seed(seed);
        let mut steps = model_people::Model::default();
        let some = Cache::builder()
            .admit_presences(move |it| is_odd(it.presence.user_id().get()))
            .admit_users(move |it| is_odd(it.user.id().get()));
        let in_voice = Cache::builder().admit_members(|it| it.is_in_voice);
        let (mut all, mut some) = (Play::new(Cache::new()), Play::new(some.build()));
        let mut in_voice = Play::new(in_voice.build());
        let (mut kept, mut heard) = (0, 0);
        for play in [&mut all, &mut some, &mut in_voice] {
            play.ready(&model_people::GUILDS);
        }
        for number in 0..1_000 {
            let (name, data) = model_people::step(&mut random, &mut steps, number, number);
            all.event(name, data.clone());
            in_voice.event(name, data.clone());
            some.event(name, data);
            for guild in model_people::GUILDS.map(id) {
                assert!(
                    some.cache
                        .guild_members(guild)
                        .eq(all.cache.guild_members(guild))
                );
                let expected = all.cache.guild_presences(guild);
                let expected = expected.filter(|presence| is_odd(presence.user_id().get()));
                assert!(some.cache.guild_presences(guild).eq(expected));
                for user in model_people::USERS {
                    let is_known = is_odd(user);
                    let expected = all.cache.presence(guild, id(user)).filter(|_| is_known);
                    assert_eq!(some.cache.presence(guild, id(user)), expected);
                    assert_eq!(some.user(user), all.user(user).filter(|_| is_known));
                }
                kept += some.cache.guild_presences(guild).count();
                for member in in_voice.cache.guild_members(guild) {
                    let user = member.user_id();
                    let known = all.cache.member(guild, user).unwrap();
                    assert_eq!(known.roles(), member.roles());
                    let is_there = all.cache.voice_state(guild, user).is_some();
                    assert!(is_there || user.get() == ME, "{user}");
                    assert!(in_voice.cache.user(user).is_some());
                    heard += 1;
                }
                let counts = [&all, &in_voice].map(|play| play.cache.guild(guild));
                let [one, other] = counts.map(|guild| guild.map(|guild| guild.member_count()));
                assert_eq!(one, other, "{name}");
            }
            assert_sound(&some);
            assert_sound(&in_voice);
        }
        assert!(kept > 0 && heard > 0);
    }
}

#[test]
fn who_joined_just_before_the_guild_was_told_counts_once_even_if_not_kept() {
    let caches = [
        Cache::builder(),
        Cache::builder().admit_members(|_| false),
        Cache::builder().max_entries(Kind::Member, 1),
        Cache::builder().disable(Kind::Member),
        Cache::builder().disable(Kind::Member).disable(Kind::User),
    ];
    for builder in caches {
        println!("{builder:?}");
        let mut play = Play::new(builder.build());
        play.ready(&[1]);
        let mut whole = guild(1);
        let day = |number: u64| format!("2026-01-{:02}T00:00:00.000000+00:00", number % 28 + 1);
        let joined = |number: u64| {
            let mut joined = member(1_000 + number);
            joined["joined_at"] = json!(day(number));
            joined
        };
        whole["members"] = (0..28).map(joined).collect();
        whole["member_count"] = json!(28);
        play.event("GUILD_CREATE", whole);
        let count = |play: &Play| play.guild(1).unwrap().member_count();
        for number in 20..28 {
            play.event("GUILD_MEMBER_ADD", told(1, joined(number)));
            assert_eq!(count(&play), Some(28), "{number}");
        }
        play.joins(1, 2_000);
        assert_eq!(count(&play), Some(29));
        play.leaves(1, 1_027);
        assert_eq!(count(&play), Some(28));
        play.event("GUILD_MEMBER_ADD", told(1, joined(27)));
        assert_eq!(count(&play), Some(29), "they are back");
        assert_sound(&play);
    }
}
