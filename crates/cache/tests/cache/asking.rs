//! What can be asked, besides what members may do.

use polycord_cache::{Cache, CachedChannel, Expiry, GuildView, Kind};
use polycord_types::{gateway::Intents, id::GuildId};
use serde_json::{Value, json};

use crate::play::{Play, guild, id, member, role, secs};

fn played(guild: Value) -> Play {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild);
    play
}

impl Play {
    fn view(&self, guild: u64) -> GuildView {
        self.cache.view(id(guild)).unwrap()
    }
}

fn ids(channels: impl IntoIterator<Item = CachedChannel>) -> Vec<u64> {
    let ids = channels.into_iter().map(|channel| channel.id.get());
    ids.collect()
}

fn placed(id: u64, kind: u8, position: i64, parent: Option<u64>) -> Value {
    json!({"id": id.to_string(), "type": kind, "position": position, "name": format!("Channel {id}"),
        "parent_id": parent.map(|parent| parent.to_string())})
}

#[test]
fn a_view_stays_at_its_moment_with_everything_in_it() {
    let mut play = played(guild(1));
    let view = play.view(1);
    let copy = view.clone();
    play.event(
        "GUILD_UPDATE",
        json!({"id": "1", "name": "renamed", "owner_id": "8", "roles": [role(1)], "emojis": []}),
    );
    play.event(
        "CHANNEL_DELETE",
        json!({"id": "100", "type": 0, "guild_id": "1"}),
    );
    play.leaves(1, 8);
    play.event("GUILD_DELETE", json!({"id": "1"}));
    assert!(play.cache.view(id(1)).is_none());
    for view in [view, copy] {
        assert_eq!(view.guild().unwrap().name(), "guild 1");
        assert_eq!(ids(view.channels()), [100, 101]);
        assert!(view.channel(id(100)).is_some());
        assert_eq!(view.roles().count(), 2);
        assert_eq!(view.members().count(), 2);
        assert!(view.member(id(8)).is_some());
        assert!(view.has_member(id(8)));
        assert_eq!(view.count(Kind::Member), 2);
        assert_eq!(view.count(Kind::User), 0);
    }
}

#[test]
fn the_cache_forgets_whom_a_view_still_shows() {
    let mut play = played(guild(1));
    let view = play.view(1);
    play.leaves(1, 8);
    assert!(view.member(id(8)).is_some());
    assert!(play.member(1, 8).is_none(), "no zombie");
    assert!(play.user(8).is_none());
    assert_eq!(play.cache.guild_members(id(1)).count(), 1);
    assert_eq!(play.cache.mutual_guilds(id(8)).count(), 0);
    assert_eq!(play.cache.display_name(id(1), id(8)), None);
}

#[test]
fn what_has_expired_is_in_no_view_that_is_made_after() {
    let mut play = Play::new(Cache::builder().ttl(Kind::Member, secs(60)).build());
    play.event("GUILD_CREATE", guild(1));
    let before = play.view(1);
    let _ = play.cache.tick(secs(60));
    let after = play.view(1);
    assert_eq!(before.members().count(), 2);
    assert_eq!(after.members().count(), 0);
    assert!(after.member(id(7)).is_none());
    assert_eq!(after.has_role(id(7), id(150)), None);
    assert_eq!(after.members_with_role(id(1)).count(), 0);
    assert_eq!(after.members_named("user 7").count(), 0);
    assert_eq!(play.cache.mutual_guilds(id(7)).count(), 0);
    assert_eq!(play.cache.members_with_role(id(1)).count(), 0);
    assert!(!after.knows_all_members());
}

#[test]
fn lookups_by_id_count_in_views_as_in_the_cache_and_nothing_else_does() {
    let play = played(guild(1));
    let view = play.view(1);
    let _ = (
        view.member(id(7)),
        view.member(id(999)),
        view.channel(id(100)),
    );
    let _ = (view.guild(), play.member(1, 7));
    let stats = play.cache.stats();
    let of = |kind| (stats.of(kind).hits, stats.of(kind).misses);
    assert_eq!(of(Kind::Member), (2, 1));
    assert_eq!(of(Kind::Channel), (1, 0));
    assert_eq!(of(Kind::Guild), (1, 0));

    let (user, channel) = (id(7), id(100));
    let _ = (view.members().count(), view.members_named("x").count());
    let _ = (view.permissions(user), view.permissions_in(channel, user));
    let _ = (
        view.display_name(user),
        view.avatar_url(user),
        view.highest_role(user),
    );
    let _ = (view.channels_in_order(), view.roles_by_rank());
    let _ = (
        play.cache.guilds().count(),
        play.cache.mutual_guilds(user).count(),
    );
    assert_eq!(play.cache.stats(), stats);
}

#[test]
fn a_lookup_in_a_view_is_a_read_of_what_expires_unread() {
    let mut play = Play::new(
        Cache::builder()
            .ttl(Kind::Member, secs(60))
            .expiry(Kind::Member, Expiry::AfterRead)
            .build(),
    );
    play.event("GUILD_CREATE", guild(1));
    let _ = play.cache.tick(secs(40));
    assert!(play.view(1).member(id(7)).is_some());
    let _ = play.cache.tick(secs(80));
    let view = play.view(1);
    assert_eq!(view.members().count(), 1);
    assert!(view.member(id(7)).is_some());
}

#[test]
fn channels_come_in_the_order_of_the_client() {
    let mut guild = guild(1);
    let hidden =
        json!({"id": "40", "type": 4, "name": "___hidden___", "flags": 1 << 17, "position": 1});
    guild["channels"] = json!([
        placed(1, 2, 0, None),
        placed(2, 0, 5, None),
        placed(3, 0, 1, None),
        placed(4, 5, 1, None),
        placed(20, 4, 9, None),
        placed(21, 13, 0, Some(20)),
        placed(22, 15, 7, Some(20)),
        placed(30, 4, 2, None),
        placed(31, 0, 0, Some(30)),
        hidden,
        placed(41, 0, 0, Some(40)),
        // Its category is not known.
        placed(50, 0, 3, Some(999)),
    ]);
    let play = played(guild);
    let order = ids(play.view(1).channels_in_order());
    assert_eq!(order, [3, 4, 50, 2, 1, 40, 41, 30, 31, 20, 22, 21]);
}

#[test]
fn names_are_found_in_any_case_as_often_as_they_are_given() {
    let mut guild = guild(1);
    let hidden = json!({"id": "40", "type": 0, "name": "___hidden___", "flags": 1 << 17});
    guild["channels"] = json!([placed(2, 0, 0, None), placed(3, 0, 0, None), hidden]);
    guild["channels"][1]["name"] = json!("channel 2");
    guild["emojis"] = json!([{"id": "60", "name": "Crab"}, {"id": "61", "name": "crab"}]);
    guild["members"][0]["nick"] = json!("Ärger");
    guild["members"][1]["user"]["global_name"] = json!("ärger");
    let play = played(guild);
    let view = play.view(1);
    assert_eq!(ids(view.channels_named("CHANNEL 2")), [2, 3]);
    assert_eq!(view.channels_named("___hidden___").count(), 0);
    assert_eq!(view.roles_named("ROLE 150").count(), 1);
    assert_eq!(view.emojis_named("crab").count(), 2);
    let named = |name: &str| {
        let members = view
            .members_named(name)
            .map(|member| member.user_id().get());
        members.collect::<Vec<_>>()
    };
    assert_eq!(named("ÄRGER"), [7, 8]);
    assert_eq!(named("User 7"), [7]);
    assert_eq!(named("User"), [0; 0]);
}

#[test]
fn a_member_is_called_and_looks_as_the_guild_shows_them() {
    let mut guild = guild(1);
    guild["roles"] = json!([
        {"id": "1", "name": "@everyone", "permissions": "0", "position": 0},
        {"id": "2", "name": "low", "permissions": "0", "position": 1, "hoist": true, "color": 5},
        {"id": "3", "name": "tied below", "permissions": "0", "position": 2},
        {"id": "4", "name": "higher", "permissions": "0", "position": 3},
    ]);
    guild["members"][0]["nick"] = json!("nick");
    guild["members"][1]["roles"] = json!(["4", "2", "666"]);
    guild["members"][1]["user"]["global_name"] = json!("global");
    guild["members"][1]["avatar"] = json!("a_1269e74af4df7417b13759eae50c83dc");
    guild["members"].as_array_mut().unwrap().push(member(9));
    guild["members"][2]["roles"] = json!(["3"]);
    guild["icon"] = json!("1269e74af4df7417b13759eae50c83dc");
    let play = played(guild);
    let view = play.view(1);
    let name = |user| view.display_name(id(user)).map(|name| name.to_string());
    assert_eq!(name(7).as_deref(), Some("nick"));
    assert_eq!(name(8).as_deref(), Some("global"));
    assert_eq!(name(9).as_deref(), Some("user 9"));
    assert_eq!(name(10), None);

    let names = |roles: Vec<polycord_cache::CachedRole>| -> Vec<String> {
        roles.iter().map(|role| role.name.to_string()).collect()
    };
    assert_eq!(
        names(view.roles_by_rank()),
        ["higher", "tied below", "low", "@everyone"]
    );
    assert_eq!(names(view.member_roles(id(8)).collect()), ["low", "higher"]);
    assert_eq!(view.highest_role(id(8)).unwrap().name, "higher");
    assert_eq!(view.color_role(id(8)).unwrap().name, "low");
    assert_eq!(view.hoist_role(id(8)).unwrap().name, "low");
    assert!(view.highest_role(id(7)).is_none());

    // 7 owns the guild, 8 has the higher role than 9; of 10 nothing is known.
    assert_eq!(view.outranks(id(7), id(8)), Some(true));
    assert_eq!(view.outranks(id(8), id(7)), Some(false));
    assert_eq!(view.outranks(id(8), id(9)), Some(true));
    assert_eq!(view.outranks(id(9), id(8)), Some(false));
    assert_eq!(view.outranks(id(8), id(8)), Some(false));
    assert_eq!(view.outranks(id(8), id(10)), None);

    let url = |user| view.avatar_url(id(user)).map(|url| url.to_string());
    assert!(url(8).unwrap().contains("/guilds/1/users/8/avatars/a_1269"));
    assert!(url(9).unwrap().contains("/embed/avatars/"));
    assert_eq!(url(10), None);
    let icon = view.guild().unwrap().icon_url().unwrap().to_string();
    assert!(icon.contains("/icons/1/1269"), "{icon}");
}

#[test]
fn members_with_a_role_are_those_who_are_known() {
    let mut guild = guild(1);
    guild["members"][1]["roles"] = json!(["150"]);
    guild["member_count"] = json!(3);
    let mut play = played(guild);
    let having = |play: &Play, role: u64| {
        let members = play.cache.members_with_role(id(role));
        let members: Vec<_> = members.map(|member| member.user_id().get()).collect();
        let view = play.view(1);
        let seen = view
            .members_with_role(id(role))
            .map(|member| member.user_id().get());
        assert!(seen.eq(members.iter().copied()));
        members
    };
    assert_eq!(having(&play, 150), [8]);
    assert_eq!(having(&play, 1), [7, 8]);
    assert_eq!(having(&play, 666), [0; 0]);
    assert!(!play.view(1).knows_all_members());
    let view = play.view(1);
    assert_eq!(view.has_role(id(8), id(150)), Some(true));
    assert_eq!(view.has_role(id(7), id(150)), Some(false));
    assert_eq!(
        view.has_role(id(9), id(150)),
        None,
        "not known is not without"
    );

    let mut third = member(9);
    third["roles"] = json!(["150"]);
    play.event(
        "GUILD_MEMBERS_CHUNK",
        json!({"guild_id": "1", "members": [third], "chunk_index": 0, "chunk_count": 1}),
    );
    assert_eq!(having(&play, 150), [8, 9]);
    assert!(play.view(1).knows_all_members());
    play.event("GUILD_DELETE", json!({"id": "1", "unavailable": true}));
    assert!(!play.view(1).knows_all_members());
}

#[test]
fn mutual_guilds_are_those_in_which_the_member_is_known() {
    let mut play = played(guild(1));
    play.event("GUILD_CREATE", guild(2));
    let mutual = |play: &Play, user| {
        let guilds = play.cache.mutual_guilds(id(user));
        guilds.map(GuildId::get).collect::<Vec<_>>()
    };
    assert_eq!(mutual(&play, 7), [1, 2]);
    play.leaves(1, 7);
    assert_eq!(mutual(&play, 7), [2]);
    play.event("GUILD_DELETE", json!({"id": "2"}));
    assert_eq!(mutual(&play, 7), [0; 0]);
    assert_eq!(mutual(&play, 8), [1]);

    let mut play = Play::new(Cache::builder().disable(Kind::Member).build());
    play.event("GUILD_CREATE", guild(1));
    assert_eq!(mutual(&play, 7), [1]);
}

#[test]
fn guilds_go_by_the_shard_that_hears_of_them() {
    let mut play = Play::new(Cache::new());
    for number in [1, 1 << 22, 5 << 22] {
        let mut guild = guild(1);
        guild["id"] = json!(number.to_string());
        play.event("GUILD_CREATE", guild);
    }
    let of = |number, total| {
        let guilds = play.cache.guilds_of_shard(number, total);
        guilds.map(|guild| guild.id().get()).collect::<Vec<_>>()
    };
    assert_eq!(of(0, 1), [1, 1 << 22, 5 << 22]);
    assert_eq!(of(0, 4), [1]);
    assert_eq!(of(1, 4), [1 << 22, 5 << 22]);
    assert_eq!(of(0, 0), [0; 0]);
}

#[test]
fn what_is_followed_is_what_is_kept_and_told() {
    let cache = Cache::new();
    assert!(cache.follows(Kind::Member), "nobody said otherwise");
    let cache = Cache::builder()
        .intents(Intents::GUILDS | Intents::GUILD_EXPRESSIONS)
        .disable(Kind::Sticker)
        .build();
    for (kind, follows) in [
        (Kind::Guild, true),
        (Kind::Emoji, true),
        (Kind::Sticker, false),
        (Kind::Member, false),
        (Kind::ThreadMember, false),
        (Kind::CurrentUser, true),
    ] {
        assert_eq!(cache.follows(kind), follows, "{kind:?}");
    }
    let mut play = Play::new(cache);
    play.event("GUILD_CREATE", guild(1));
    assert!(!play.view(1).knows_all_members(), "somebody may have come");
}
