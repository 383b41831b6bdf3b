//! Whether what is known is all there is, and whether numbers still hold.

use polycord_cache::{Cache, GuildView, Kind};
use polycord_types::gateway::Intents;
use serde_json::json;

use crate::play::{Play, guild, id};

fn view(play: &Play) -> GuildView {
    play.cache.view(id(1)).unwrap()
}

fn is_live(play: &Play) -> bool {
    view(play).is_member_count_live()
}

fn count(play: &Play) -> Option<u64> {
    play.guild(1).unwrap().member_count()
}

#[test]
fn the_number_of_members_is_live_while_it_is_told_who_comes_and_goes() {
    let mut play = Play::new(Cache::new());
    play.ready(&[1]);
    assert!(!is_live(&play), "it is not known yet");
    play.event("GUILD_CREATE", guild(1));
    assert!(is_live(&play));
    play.joins(1, 20);
    assert!(is_live(&play));
    assert_eq!(count(&play), Some(3));

    play.event("GUILD_DELETE", json!({"id": "1", "unavailable": true}));
    assert!(!is_live(&play), "an outage tells nothing");
    assert_eq!(count(&play), Some(3));
    play.event("GUILD_CREATE", guild(1));
    assert!(is_live(&play));
    play.ready(&[1]);
    assert!(
        !is_live(&play),
        "who came and went between the sessions is not told"
    );
}

#[test]
fn a_number_that_nobody_keeps_says_so() {
    let not_told = Cache::builder().intents(Intents::GUILDS | Intents::GUILD_MESSAGES);
    let mut play = Play::new(not_told.build());
    play.event("GUILD_CREATE", guild(1));
    assert_eq!(count(&play), Some(2));
    assert!(!is_live(&play) && !view(&play).knows_all_members());
}

#[test]
fn the_number_of_members_is_live_without_any_member_cached() {
    let cache = Cache::builder().disable(Kind::Member).disable(Kind::User);
    let mut play = Play::new(cache.build());
    play.event("GUILD_CREATE", guild(1));
    play.joins(1, 20);
    assert_eq!(count(&play), Some(3));
    assert!(is_live(&play) && !view(&play).knows_all_members());
}

#[test]
fn who_is_not_let_in_is_missing_and_counted() {
    let cache = Cache::builder().admit_members(|it| it.user_id.get() == 7);
    let mut play = Play::new(cache.build());
    play.event("GUILD_CREATE", guild(1));
    assert_eq!(count(&play), Some(2));
    assert!(is_live(&play) && !view(&play).knows_all_members());
}

#[test]
fn a_guild_gives_a_view_of_the_moment_at_which_it_is_asked() {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    let known = play.guild(1).unwrap();
    play.leaves(1, 8);
    let now = known.view(&play.cache).unwrap();
    assert!(now.has_member(id(7)) && !now.has_member(id(8)));
    play.event("GUILD_DELETE", json!({"id": "1"}));
    assert!(known.view(&play.cache).is_none());
    assert!(now.has_member(id(7)), "it is of its moment");
}
