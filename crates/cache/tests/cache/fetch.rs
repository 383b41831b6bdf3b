//! What is not cached is fetched: once, and never over what is newer.

use std::convert::Infallible;
use std::future::{Future, Ready, pending, ready};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Waker};
use std::time::Duration;

use polycord_cache::{Cache, CachedMember, Change, Delta, FetchExt, Kind};
use polycord_types::{
    channel::Channel,
    decode::{Decode, from_str},
    guild::Guild,
    member::Member,
    role::Role,
    user::User,
};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, yield_now};

use crate::play::{Play, channel, guild, id, member, role, secs, thread, user};

type Answer<T> = Result<Option<T>, String>;

fn model<T: Decode>(value: &Value) -> T {
    from_str(&value.to_string()).unwrap()
}

/// Member 9 under a name.
fn nine(nick: &str) -> Member {
    let mut member = member(9);
    member["nick"] = json!(nick);
    model(&member)
}

fn playing() -> Play {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    play
}

/// Discord's answer to who member 9 is, to be given when the test says so.
struct Asked {
    answer: oneshot::Sender<Answer<Member>>,
    asker: JoinHandle<Result<Option<CachedMember>, Arc<String>>>,
}

impl Asked {
    async fn by(cache: &Cache) -> Self {
        Self::how(cache, false).await
    }

    async fn again(cache: &Cache) -> Self {
        Self::how(cache, true).await
    }

    async fn how(cache: &Cache, again: bool) -> Self {
        let (answer, given) = oneshot::channel();
        let cache = cache.clone();
        let asker = tokio::spawn(async move {
            let fetch = || async { given.await.unwrap() };
            if again {
                cache.refetch_member(id(1), id(9), fetch).await
            } else {
                cache.member_or_fetch(id(1), id(9), fetch).await
            }
        });
        yield_now().await;
        Self { answer, asker }
    }

    /// Lets Discord answer; gives what the asker gets.
    async fn hears(self, answer: Answer<Member>) -> Option<String> {
        self.answer.send(answer).expect("it was asked");
        let member = self.asker.await.unwrap().unwrap();
        member.map(|member| member.nick().unwrap_or_default().to_owned())
    }

    /// What the asker gets without asking Discord.
    async fn gets(self) -> Option<String> {
        let member = self.asker.await.unwrap().unwrap();
        assert!(self.answer.is_closed(), "it was not needed");
        member.map(|member| member.nick().unwrap_or_default().to_owned())
    }
}

fn renames_nine(play: &mut Play, nick: &str) {
    let new = json!({"guild_id": "1", "user": user(9), "roles": [], "nick": nick});
    play.event("GUILD_MEMBER_UPDATE", new);
}

fn nick(play: &Play) -> Option<String> {
    let member = play.member(1, 9)?;
    Some(member.nick().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn what_is_cached_is_not_fetched_and_what_is_fetched_is_cached_and_told() {
    let play = playing();
    let mut subscription = play.cache.subscribe(4);
    let never = || async { panic!("it is cached") as Answer<Member> };
    let known = play.cache.member_or_fetch(id(1), id(7), never).await;
    assert_eq!(known.unwrap(), play.member(1, 7));

    let asked = Asked::by(&play.cache).await;
    assert_eq!(asked.hears(Ok(Some(nine("a")))).await.as_deref(), Some("a"));
    assert_eq!(nick(&play).as_deref(), Some("a"));
    assert!(play.user(9).is_some());
    let told = subscription.try_next().unwrap().unwrap();
    let is_nine = |change: &Change| matches!(change, Change::Member(Delta::Added(new)) if new.user_id().get() == 9);
    assert!(told.iter().any(is_nine));
    assert_eq!(
        Asked::by(&play.cache).await.gets().await.as_deref(),
        Some("a")
    );
}

#[tokio::test]
async fn each_kind_is_fetched_and_cached() {
    fn answer<T: Decode>(json: &Value) -> Ready<Result<Option<T>, Infallible>> {
        ready(Ok(Some(model(json))))
    }
    let play = playing();
    let cache = &play.cache;
    let mut of_guild = channel(107);
    of_guild["guild_id"] = json!("1");

    let got = cache.channel_or_fetch(id(107), || answer::<Channel>(&of_guild));
    assert_eq!(got.await.unwrap(), play.channel(107));
    let got = cache.role_or_fetch(id(1), id(160), || answer::<Role>(&role(160)));
    assert_eq!(got.await.unwrap(), cache.role(id(160)));
    let got = cache.user_or_fetch(id(9), || answer::<User>(&user(9)));
    assert_eq!(got.await.unwrap(), play.user(9));
    let got = cache.guild_or_fetch(id(2), || answer::<Guild>(&guild(2)));
    assert_eq!(got.await.unwrap(), play.guild(2));
    assert!(play.channel(107).is_some() && play.role(160).is_some());
    assert!(play.user(9).is_some() && play.guild(2).is_some());
    let roles = cache.stats().of(Kind::Role);
    assert_eq!(
        (roles.hits, roles.misses),
        (2, 1),
        "asked once, missed once"
    );
}

#[tokio::test]
async fn a_hundred_who_ask_at_once_share_one_fetch() {
    let play = playing();
    let fetches = Arc::new(AtomicUsize::new(0));
    let asking: Vec<_> = (0..100)
        .map(|_| {
            let (cache, fetches) = (play.cache.clone(), Arc::clone(&fetches));
            tokio::spawn(async move {
                let fetch = || async {
                    fetches.fetch_add(1, Ordering::Relaxed);
                    yield_now().await;
                    Ok::<_, Infallible>(Some(nine("a")))
                };
                cache.member_or_fetch(id(1), id(9), fetch).await
            })
        })
        .collect();
    for asked in asking {
        assert_eq!(asked.await.unwrap().unwrap(), play.member(1, 9));
    }
    assert_eq!(fetches.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn when_the_one_who_fetches_is_dropped_another_fetches() {
    let play = playing();
    let first = Asked::by(&play.cache).await;
    let second = Asked::by(&play.cache).await;
    let third = Asked::by(&play.cache).await;
    assert!(!second.answer.is_closed());
    first.asker.abort();
    yield_now().await;
    // Whichever of the two it is, the other gets the same.
    second.asker.abort();
    yield_now().await;
    assert_eq!(third.hears(Ok(Some(nine("a")))).await.as_deref(), Some("a"));
    assert_eq!(nick(&play).as_deref(), Some("a"));
}

#[tokio::test]
async fn when_the_one_who_fetches_panics_another_fetches() {
    let play = playing();
    let first = Asked::by(&play.cache).await;
    let second = Asked::by(&play.cache).await;
    drop(first.answer);
    assert!(first.asker.await.unwrap_err().is_panic());
    assert_eq!(
        second.hears(Ok(Some(nine("a")))).await.as_deref(),
        Some("a")
    );
}

#[tokio::test]
async fn an_error_is_for_all_who_wait_and_for_nobody_after_them() {
    let play = playing();
    let first = Asked::by(&play.cache).await;
    let second = Asked::by(&play.cache).await;
    first.answer.send(Err("503".to_owned())).unwrap();
    let (first, second) = (first.asker.await.unwrap(), second.asker.await.unwrap());
    let (first, second) = (first.unwrap_err(), second.unwrap_err());
    assert!(Arc::ptr_eq(&first, &second) && *first == "503");
    let third = Asked::by(&play.cache).await;
    assert_eq!(third.hears(Ok(Some(nine("a")))).await.as_deref(), Some("a"));
}

#[tokio::test]
async fn who_expects_other_errors_shares_what_is_found_and_asks_again_after_an_error() {
    let play = playing();
    let other = || async {
        let fetch = || async { Ok::<_, u8>(Some(nine("other"))) };
        let got = play.cache.member_or_fetch(id(1), id(9), fetch).await;
        got.unwrap().unwrap().nick().map(str::to_owned)
    };
    let first = Asked::by(&play.cache).await;
    let mut waiting = pin!(other());
    assert!(
        waiting
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
            .is_pending()
    );
    first.answer.send(Err("503".to_owned())).unwrap();
    assert!(first.asker.await.unwrap().is_err());
    assert_eq!(waiting.await.as_deref(), Some("other"));

    let first = Asked::again(&play.cache).await;
    let again = || async { panic!("it is fetched") as Result<Option<Member>, u8> };
    let known = play.cache.member_or_fetch(id(1), id(9), again).await;
    assert_eq!(
        known.unwrap().unwrap().nick(),
        Some("other"),
        "it is cached"
    );
    assert_eq!(first.hears(Ok(Some(nine("b")))).await.as_deref(), Some("b"));
}

#[tokio::test]
async fn what_does_not_exist_is_remembered_for_a_while_of_the_caches_own_time() {
    let cache = Cache::builder().absence_ttl(secs(10)).build();
    let mut play = Play::new(cache);
    play.event("GUILD_CREATE", guild(1));
    assert_eq!(Asked::by(&play.cache).await.hears(Ok(None)).await, None);
    assert_eq!(Asked::by(&play.cache).await.gets().await, None);
    let _ = play.cache.tick(secs(9));
    assert_eq!(Asked::by(&play.cache).await.gets().await, None);
    let _ = play.cache.tick(secs(10));
    assert_eq!(Asked::by(&play.cache).await.hears(Ok(None)).await, None);

    let again = Asked::again(&play.cache).await;
    assert_eq!(again.hears(Ok(None)).await, None, "who wants to know, asks");
    play.now = secs(11);
    play.joins(1, 9);
    assert_eq!(nick(&play).as_deref(), Some(""), "an event ends it");
    play.leaves(1, 9);
    let asked = Asked::by(&play.cache).await;
    assert_eq!(asked.hears(Ok(Some(nine("a")))).await.as_deref(), Some("a"));
}

#[tokio::test]
async fn without_a_lifetime_an_absence_is_not_remembered() {
    let mut play = Play::new(Cache::builder().absence_ttl(Duration::ZERO).build());
    play.event("GUILD_CREATE", guild(1));
    for _ in 0..2 {
        assert_eq!(Asked::by(&play.cache).await.hears(Ok(None)).await, None);
    }
}

#[tokio::test]
async fn a_member_who_left_unheard_is_found_out_by_fetching_again() {
    let mut play = playing();
    play.joins(1, 9);
    let mut subscription = play.cache.subscribe(4);
    let again = Asked::again(&play.cache).await;
    assert_eq!(nick(&play).as_deref(), Some(""), "until it is known");
    assert_eq!(again.hears(Ok(None)).await, None);
    assert!(play.member(1, 9).is_none() && play.user(9).is_none());
    let told = subscription.try_next().unwrap().unwrap();
    let gone = |change: &Change| matches!(change, Change::Member(Delta::Removed(_)));
    assert!(told.iter().any(gone));
    play.leaves(1, 9);
    assert_eq!(
        play.guild(1).unwrap().member_count(),
        Some(2),
        "counted by the event"
    );
}

#[tokio::test]
async fn an_answer_does_not_overwrite_what_an_event_told_meanwhile() {
    let mut play = playing();
    let asked = Asked::by(&play.cache).await;
    renames_nine(&mut play, "new");
    assert_eq!(
        asked.hears(Ok(Some(nine("old")))).await.as_deref(),
        Some("new")
    );
    assert_eq!(nick(&play).as_deref(), Some("new"));

    let asked = Asked::again(&play.cache).await;
    renames_nine(&mut play, "newer");
    assert_eq!(
        asked.hears(Ok(None)).await.as_deref(),
        Some("newer"),
        "nor does a 404"
    );
    assert_eq!(nick(&play).as_deref(), Some("newer"));
    assert_eq!(
        Asked::by(&play.cache).await.gets().await.as_deref(),
        Some("newer")
    );
}

#[tokio::test]
async fn an_answer_does_not_bring_back_who_left_meanwhile() {
    let mut play = playing();
    let asked = Asked::by(&play.cache).await;
    play.leaves(1, 9);
    assert_eq!(asked.hears(Ok(Some(nine("ghost")))).await, None);
    assert!(play.member(1, 9).is_none() && play.user(9).is_none());

    let asked = Asked::by(&play.cache).await;
    let back = asked.hears(Ok(Some(nine("back")))).await;
    assert_eq!(back.as_deref(), Some("back"), "asked after they left");
    assert_eq!(nick(&play).as_deref(), Some("back"));
}

#[tokio::test]
async fn an_answer_does_not_bring_back_a_guild_that_was_left_meanwhile() {
    let mut play = playing();
    let asked = Asked::by(&play.cache).await;
    play.event("GUILD_DELETE", json!({"id": "1"}));
    assert_eq!(asked.hears(Ok(Some(nine("ghost")))).await, None);
    assert!(play.state(1).is_none() && play.user(9).is_none());
}

#[tokio::test]
async fn an_answer_from_before_a_whole_guild_is_given_and_not_written() {
    let mut play = playing();
    let asked = Asked::by(&play.cache).await;
    play.event("GUILD_CREATE", guild(1));
    assert_eq!(asked.hears(Ok(Some(nine("a")))).await.as_deref(), Some("a"));
    assert!(play.member(1, 9).is_none(), "they may have left meanwhile");
}

#[tokio::test]
async fn a_role_deleted_meanwhile_does_not_come_back_with_a_member() {
    let mut play = playing();
    let asked = Asked::by(&play.cache).await;
    play.event(
        "GUILD_ROLE_DELETE",
        json!({"guild_id": "1", "role_id": "150"}),
    );
    let mut old = member(9);
    old["roles"] = json!(["150"]);
    let _ = asked.hears(Ok(Some(model(&old)))).await;
    assert!(
        play.member(1, 9)
            .is_none_or(|member| member.roles().is_empty())
    );
}

#[tokio::test]
async fn events_of_others_and_from_before_do_not_count() {
    let mut play = playing();
    renames_nine(&mut play, "before");
    let asked = Asked::again(&play.cache).await;
    play.joins(1, 10);
    let mut elsewhere = member(9);
    elsewhere["guild_id"] = json!("2");
    play.event("GUILD_CREATE", guild(2));
    play.event("GUILD_MEMBER_ADD", elsewhere);
    assert_eq!(asked.hears(Ok(Some(nine("a")))).await.as_deref(), Some("a"));
    assert_eq!(nick(&play).as_deref(), Some("a"));
}

#[tokio::test]
async fn who_fetches_again_takes_no_answer_that_was_asked_for_before() {
    let play = playing();
    let first = Asked::by(&play.cache).await;
    let again = Asked::again(&play.cache).await;
    let also = Asked::again(&play.cache).await;
    assert_eq!(first.hears(Ok(Some(nine("a")))).await.as_deref(), Some("a"));
    yield_now().await;
    assert!(!again.asker.is_finished());
    assert_eq!(again.hears(Ok(Some(nine("b")))).await.as_deref(), Some("b"));
    assert_eq!(
        also.gets().await.as_deref(),
        Some("b"),
        "both asked before this began"
    );
    assert_eq!(nick(&play).as_deref(), Some("b"));
}

#[tokio::test]
async fn what_cannot_be_kept_is_given_all_the_same() {
    let mut play = Play::new(Cache::builder().disable(Kind::Member).build());
    play.event("GUILD_CREATE", guild(1));
    for nick in ["a", "b"] {
        let asked = Asked::by(&play.cache).await;
        assert_eq!(
            asked.hears(Ok(Some(nine(nick)))).await.as_deref(),
            Some(nick)
        );
    }
    for _ in 0..2 {
        assert_eq!(Asked::by(&play.cache).await.hears(Ok(None)).await, None);
    }

    let mut play = Play::new(Cache::new());
    play.ready(&[]);
    let asked = Asked::by(&play.cache).await;
    assert_eq!(asked.hears(Ok(Some(nine("a")))).await.as_deref(), Some("a"));
    assert!(
        play.state(1).is_none() && play.user(9).is_none(),
        "not our guild"
    );

    let mut archived = thread(170, 100, true);
    archived["guild_id"] = json!("1");
    let fetch = || async { Ok::<_, Infallible>(Some(model::<Channel>(&archived))) };
    let play = playing();
    let got = play.cache.channel_or_fetch(id(170), fetch).await.unwrap();
    assert_eq!(got.unwrap().id.get(), 170);
    assert!(play.channel(170).is_none());
}

#[tokio::test]
async fn an_answer_about_somebody_else_is_not_written() {
    let play = playing();
    let fetch = || async { Ok::<_, Infallible>(Some(model::<User>(&user(10)))) };
    let _ = play.cache.user_or_fetch(id(9), fetch).await;
    assert!(play.user(9).is_none() && play.user(10).is_none());
}

#[tokio::test]
async fn a_guild_that_has_an_outage_is_not_gone_because_nobody_finds_it() {
    let mut play = playing();
    play.event("GUILD_DELETE", json!({"id": "1", "unavailable": true}));
    let nothing = || async { Ok::<Option<Guild>, Infallible>(None) };
    let _ = play.cache.refetch_guild(id(1), nothing).await;
    assert!(play.guild(1).is_some());
    play.event("GUILD_CREATE", guild(1));
    let gone = play.cache.refetch_guild(id(1), nothing).await;
    assert_eq!((gone.unwrap(), play.guild(1)), (None, None));
    assert!(play.user(7).is_none(), "with all that was in it");
}

#[test]
fn what_fetches_can_be_sent_if_the_fetch_can() {
    fn send(_: &(impl Future + Send)) {}
    let cache = Cache::new();
    let fetch = || pending::<Result<Option<Member>, Infallible>>();
    send(&cache.member_or_fetch(id(1), id(9), fetch));
    send(&cache.refetch_member(id(1), id(9), fetch));
}
