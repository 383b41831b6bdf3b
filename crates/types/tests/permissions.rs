//! What members may do: cases from the documentation, and random guilds against a literal rendering of
//! the documented pseudocode.

use std::collections::{HashMap, HashSet};

use polycord_types::{
    Permissions, Timestamp,
    channel::{Channel, ChannelType, OverwriteType, PermissionOverwrite},
    guild,
    id::{GuildId, RoleId, UserId},
    member,
    permissions::MemberPermissions,
    role::Role,
};
use serde_json::json;

const GUILD: GuildId = GuildId::new(1);
const USER: UserId = UserId::new(100);
const OTHER: UserId = UserId::new(101);
const TEXT: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::READ_MESSAGE_HISTORY);

/// A member who carries `roles`, the numbers and permissions of those besides `@everyone`.
fn may(
    everyone: Permissions,
    roles: &[(u64, Permissions)],
    check: impl FnOnce(MemberPermissions<'_>),
) {
    let ids: Vec<RoleId> = roles.iter().map(|(id, _)| RoleId::new(*id)).collect();
    let all = roles
        .iter()
        .map(|(id, allowed)| (RoleId::new(*id), *allowed));
    let all = all.chain([(GUILD.everyone_role(), everyone)]);
    check(MemberPermissions::new(GUILD, USER, &ids, all));
}

fn channel(value: serde_json::Value) -> Channel {
    serde_json::from_value(value).unwrap_or_else(|error| panic!("{error}"))
}

fn role(id: u64) -> PermissionOverwrite {
    PermissionOverwrite::role(RoleId::new(id))
}

#[test]
fn roles_add_to_what_everybody_may_do() {
    may(TEXT, &[(2, Permissions::KICK_MEMBERS)], |member| {
        assert_eq!(member.in_guild(), TEXT | Permissions::KICK_MEMBERS);
        assert!(!member.is_administrator());
    });
}

#[test]
fn a_role_that_the_member_does_not_carry_gives_nothing() {
    let roles = [
        (GUILD.everyone_role(), TEXT),
        (RoleId::new(2), Permissions::all()),
    ];
    let member = MemberPermissions::new(GUILD, USER, &[], roles);
    assert_eq!(member.in_guild(), TEXT);
}

#[test]
fn the_owner_and_administrators_may_do_everything_whatever_denies_it() {
    let until = Some(Timestamp::from_seconds(10));
    let overwrites = [
        role(1).deny(Permissions::all()),
        PermissionOverwrite::member(USER).deny(Permissions::all()),
    ];
    let everything = |member: MemberPermissions<'_>| {
        let member = member.timed_out(until, Timestamp::from_seconds(9));
        assert!(member.is_administrator());
        assert_eq!(member.in_guild(), Permissions::all());
        for kind in 0..17 {
            let here = member.in_channel(ChannelType::from_value(kind), &overwrites);
            assert_eq!(here, Permissions::all());
        }
        assert_eq!(
            member.in_private_thread(&overwrites, false),
            Permissions::all()
        );
    };
    may(Permissions::empty(), &[], |member| {
        everything(member.owned_by(USER));
        assert_eq!(member.owned_by(OTHER).in_guild(), Permissions::empty());
    });
    may(
        Permissions::empty(),
        &[(2, Permissions::ADMINISTRATOR)],
        everything,
    );
}

#[test]
fn overwrites_apply_in_their_order_and_deny_goes_before_allow() {
    let send = Permissions::SEND_MESSAGES;
    may(
        TEXT,
        &[
            (2, Permissions::empty()),
            (3, Permissions::empty()),
            (9, Permissions::empty()),
        ],
        |member| {
            let sends = |overwrites: &[PermissionOverwrite]| {
                let here = member.in_channel(ChannelType::GuildText, overwrites);
                let turned: Vec<_> = overwrites.iter().rev().cloned().collect();
                assert_eq!(here, member.in_channel(ChannelType::GuildText, &turned));
                here.contains(send)
            };
            assert!(sends(&[]));
            assert!(!sends(&[role(1).deny(send)]));
            // One role denies, another allows: the roles count together, and allowing wins.
            assert!(sends(&[
                role(1).deny(send),
                role(2).deny(send),
                role(3).allow(send)
            ]));
            assert!(!sends(&[role(1).allow(send), role(2).deny(send)]));
            assert!(!sends(&[
                role(3).allow(send),
                PermissionOverwrite::member(USER).deny(send)
            ]));
            assert!(sends(&[
                role(3).deny(send),
                PermissionOverwrite::member(USER).allow(send)
            ]));
            // Another role, another member, and a member whose number is that of a role.
            assert!(sends(&[
                role(4).deny(send),
                PermissionOverwrite::member(OTHER).deny(send),
                PermissionOverwrite::member(UserId::new(2)).deny(send),
            ]));
        },
    );
}

#[test]
fn an_overwrite_makes_nobody_an_administrator() {
    may(TEXT, &[], |member| {
        let overwrite = PermissionOverwrite::member(USER)
            .allow(Permissions::ADMINISTRATOR | Permissions::SPEAK);
        let here = member.in_channel(ChannelType::GuildText, &[overwrite]);
        assert_eq!(here, TEXT | Permissions::SPEAK);
    });
}

#[test]
fn a_timeout_leaves_viewing_and_reading_until_it_ends() {
    let end = Timestamp::from_seconds(100);
    may(TEXT | Permissions::BAN_MEMBERS, &[], |member| {
        let during = member.timed_out(Some(end), Timestamp::from_seconds(99));
        let left = Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY;
        assert_eq!(during.in_guild(), left);
        let allow = [PermissionOverwrite::member(USER).allow(Permissions::SEND_MESSAGES)];
        assert_eq!(during.in_channel(ChannelType::GuildText, &allow), left);
        let hidden = [PermissionOverwrite::member(USER).deny(Permissions::VIEW_CHANNEL)];
        assert_eq!(
            during.in_channel(ChannelType::GuildText, &hidden),
            Permissions::empty()
        );
        for over in [
            member.timed_out(Some(end), end),
            member.timed_out(None, Timestamp::from_seconds(0)),
        ] {
            assert_eq!(over.in_guild(), TEXT | Permissions::BAN_MEMBERS);
        }
    });
}

#[test]
fn what_cannot_be_seen_allows_nothing() {
    may(
        Permissions::all() - Permissions::ADMINISTRATOR,
        &[],
        |member| {
            let hidden = [role(1).deny(Permissions::VIEW_CHANNEL)];
            for kind in 0..17 {
                let here = member.in_channel(ChannelType::from_value(kind), &hidden);
                assert_eq!(here, Permissions::empty());
            }
        },
    );
}

#[test]
fn who_may_not_send_may_not_mention_embed_attach_or_poll() {
    may(
        Permissions::all() - Permissions::ADMINISTRATOR,
        &[],
        |member| {
            let silent = [role(1).deny(Permissions::SEND_MESSAGES)];
            let here = member.in_channel(ChannelType::GuildText, &silent);
            let lost = Permissions::SEND_MESSAGES
                | Permissions::MENTION_EVERYONE
                | Permissions::SEND_TTS_MESSAGES
                | Permissions::ATTACH_FILES
                | Permissions::EMBED_LINKS
                | Permissions::SEND_VOICE_MESSAGES
                | Permissions::SEND_POLLS;
            assert_eq!(here, Permissions::all() - Permissions::ADMINISTRATOR - lost);
        },
    );
}

#[test]
fn who_may_not_connect_keeps_nothing_of_voice() {
    may(
        Permissions::all() - Permissions::ADMINISTRATOR,
        &[],
        |member| {
            let closed = [role(1).deny(Permissions::CONNECT)];
            for kind in [ChannelType::GuildVoice, ChannelType::GuildStageVoice] {
                let here = member.in_channel(kind, &closed);
                let lost = Permissions::CONNECT
                    | Permissions::SPEAK
                    | Permissions::STREAM
                    | Permissions::MUTE_MEMBERS
                    | Permissions::REQUEST_TO_SPEAK
                    | Permissions::USE_SOUNDBOARD
                    | Permissions::MANAGE_CHANNELS
                    | Permissions::MANAGE_ROLES;
                assert!(!here.intersects(lost), "{here}");
                assert!(here.contains(TEXT));
            }
            let text = member.in_channel(ChannelType::GuildText, &closed);
            assert!(text.contains(Permissions::MANAGE_CHANNELS | Permissions::SPEAK));
        },
    );
}

#[test]
fn threads_ask_for_their_own_permission_to_send() {
    let in_threads = Permissions::SEND_MESSAGES_IN_THREADS | Permissions::ATTACH_FILES;
    // An announcement channel where only threads are open to everybody.
    may(TEXT | in_threads, &[], |member| {
        let announcements = [role(1).deny(Permissions::SEND_MESSAGES)];
        let channel = member.in_channel(ChannelType::GuildAnnouncement, &announcements);
        assert!(!channel.contains(Permissions::ATTACH_FILES));
        let thread = member.in_thread(&announcements);
        assert!(thread.contains(in_threads));
        assert!(!thread.contains(Permissions::SEND_MESSAGES));
    });
    may(TEXT | Permissions::ATTACH_FILES, &[], |member| {
        let thread = member.in_thread(&[]);
        assert!(
            !thread.intersects(in_threads | Permissions::SEND_MESSAGES),
            "{thread}"
        );
    });
}

#[test]
fn private_threads_are_for_those_added_and_for_moderators() {
    may(TEXT, &[], |member| {
        assert!(member.in_private_thread(&[], false).is_empty());
        assert!(
            member
                .in_private_thread(&[], true)
                .contains(Permissions::VIEW_CHANNEL)
        );
    });
    may(TEXT | Permissions::MANAGE_THREADS, &[], |member| {
        assert!(
            member
                .in_private_thread(&[], false)
                .contains(Permissions::VIEW_CHANNEL)
        );
        let hidden = [role(1).deny(Permissions::VIEW_CHANNEL)];
        assert!(member.in_private_thread(&hidden, true).is_empty());
    });
}

#[test]
fn without_the_role_of_everybody_nothing_is_known_but_of_the_owner_and_administrators() {
    let place = channel(json!({"id": "5", "type": 0}));
    let roles = [RoleId::new(2)];
    let sends = [(RoleId::new(2), TEXT)];
    let member = MemberPermissions::new(GUILD, USER, &roles, sends);
    assert!(!member.is_known());
    assert_eq!(member.within(&place, None, false), None);
    for certain in [
        member.owned_by(USER),
        MemberPermissions::new(
            GUILD,
            USER,
            &roles,
            [(RoleId::new(2), Permissions::ADMINISTRATOR)],
        ),
    ] {
        assert!(certain.is_known());
        assert_eq!(
            certain.within(&place, None, false),
            Some(Permissions::all())
        );
    }
    may(TEXT, &[], |member| assert!(member.is_known()));
}

#[test]
fn a_deleted_role_that_a_member_still_carries_counts_for_nothing() {
    let carried = [RoleId::new(7), RoleId::new(2)];
    let roles = [
        (GUILD.everyone_role(), TEXT),
        (RoleId::new(2), Permissions::empty()),
    ];
    let member = MemberPermissions::new(GUILD, USER, &carried, roles);
    let dead = [role(7).deny(Permissions::SEND_MESSAGES)];
    assert_eq!(member.in_channel(ChannelType::GuildText, &dead), TEXT);
    let living = [role(2).deny(Permissions::SEND_MESSAGES)];
    assert_ne!(member.in_channel(ChannelType::GuildText, &living), TEXT);
}

#[test]
fn the_last_of_very_many_roles_counts() {
    let carried: Vec<RoleId> = (2..252).map(RoleId::new).collect();
    let roles = carried.iter().map(|role| (*role, Permissions::empty()));
    let roles = roles.chain([(GUILD.everyone_role(), TEXT)]);
    let member = MemberPermissions::new(GUILD, USER, &carried, roles);
    let closed = [role(251).deny(Permissions::VIEW_CHANNEL)];
    assert!(
        member
            .in_channel(ChannelType::GuildText, &closed)
            .is_empty()
    );
}

#[test]
fn the_stand_ins_of_an_obfuscated_channel_are_not_believed() {
    let stand_in = json!([{"id": "1", "type": 0, "allow": "0", "deny": "1024"}]);
    let thread = channel(json!({"id": "6", "type": 11, "parent_id": "5"}));
    for overwrites in [json!(null), stand_in] {
        let hidden = channel(json!({
            "id": "5", "type": 0, "flags": 1 << 17, "permission_overwrites": overwrites
        }));
        may(TEXT, &[], |member| {
            assert_eq!(member.within(&hidden, None, false), None);
            assert_eq!(member.within(&thread, Some(&hidden), false), None);
            let owner = member.owned_by(USER);
            assert_eq!(owner.within(&hidden, None, false), Some(Permissions::all()));
        });
    }
}

#[test]
fn a_thread_has_the_overwrites_of_its_channel_and_of_no_other() {
    let deny = |id: &str| {
        channel(json!({"id": id, "type": 0, "permission_overwrites": [
            {"id": "1", "type": 0, "allow": "0", "deny": Permissions::READ_MESSAGE_HISTORY}
        ]}))
    };
    let (parent, other) = (deny("5"), deny("4"));
    let thread = |kind: u32| {
        // What overwrites a thread would have are none of its own.
        channel(json!({"id": "6", "type": kind, "parent_id": "5", "permission_overwrites": []}))
    };
    let in_threads = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES_IN_THREADS;
    may(TEXT | in_threads, &[], |member| {
        for kind in [10, 11] {
            assert_eq!(
                member.within(&thread(kind), Some(&parent), false),
                Some(in_threads)
            );
        }
        let private = thread(12);
        assert_eq!(
            member.within(&private, Some(&parent), true),
            Some(in_threads)
        );
        assert_eq!(
            member.within(&private, Some(&parent), false),
            Some(Permissions::empty())
        );
        assert_eq!(member.within(&private, Some(&other), true), None);
        assert_eq!(member.within(&private, None, true), None);
    });
}

#[test]
fn what_is_told_in_part_or_is_of_no_guild_is_not_known() {
    may(TEXT, &[], |member| {
        let part = channel(json!({"id": "5", "type": 0, "permissions": "1024"}));
        assert_eq!(member.within(&part, None, false), None);
        let direct = channel(json!({"id": "5", "type": 1}));
        assert_eq!(member.within(&direct, None, false), None);
        let plain = channel(json!({"id": "5", "type": 0}));
        assert_eq!(member.within(&plain, None, false), Some(TEXT));
    });
}

#[test]
fn a_guild_and_its_member_say_it_all() {
    let guild: guild::Guild = serde_json::from_value(json!({
        "id": "1", "owner_id": "101", "roles": [
            {"id": "1", "name": "@everyone", "permissions": "1024"},
            {"id": "2", "name": "helpers", "permissions": "2048"},
            {"id": "3", "name": "admins", "permissions": "8"}
        ]
    }))
    .unwrap();
    let member: member::Member = serde_json::from_value(json!({"roles": ["2"]})).unwrap();
    let in_guild = |user| MemberPermissions::of(&guild, user, &member).in_guild();
    assert_eq!(
        in_guild(USER),
        Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES
    );
    assert_eq!(in_guild(OTHER), Permissions::all());
}

#[test]
fn roles_rank_by_position_and_then_by_age() {
    let role = |id: u64, position: i64| -> Role {
        serde_json::from_value(json!({"id": id.to_string(), "position": position})).unwrap()
    };
    assert!(role(5, 2).outranks(&role(1, 1)));
    assert!(role(1, 1).outranks(&role(5, 1)));
    assert!(!role(5, 1).outranks(&role(1, 1)));
    assert!(!role(1, 1).outranks(&role(1, 1)));
}

struct Guild {
    owner: u64,
    roles: HashMap<u64, u64>,
}

struct Member {
    user: u64,
    roles: HashSet<u64>,
}

/// What is allowed and denied, by kind and id.
type Overwrites = HashMap<(u32, u64), (u64, u64)>;

const ALL: u64 = Permissions::all().bits();
const ADMINISTRATOR: u64 = Permissions::ADMINISTRATOR.bits();

/// The documented `compute_base_permissions`, step by step.
fn documented_base(member: &Member, guild: &Guild) -> u64 {
    if guild.owner == member.user {
        return ALL;
    }
    let mut permissions = guild.roles[&1];
    for role in &member.roles {
        permissions |= guild.roles[role];
    }
    if permissions & ADMINISTRATOR == ADMINISTRATOR {
        return ALL;
    }
    permissions
}

/// The documented `compute_overwrites`, step by step.
fn documented_overwrites(base: u64, member: &Member, overwrites: &Overwrites) -> u64 {
    if base & ADMINISTRATOR == ADMINISTRATOR {
        return ALL;
    }
    let mut permissions = base;
    if let Some((allow, deny)) = overwrites.get(&(0, 1)) {
        permissions &= !deny;
        permissions |= allow;
    }
    let (mut allows, mut denies) = (0, 0);
    for role in &member.roles {
        if let Some((allow, deny)) = overwrites.get(&(0, *role)) {
            allows |= allow;
            denies |= deny;
        }
    }
    permissions &= !denies;
    permissions |= allows;
    if let Some((allow, deny)) = overwrites.get(&(1, member.user)) {
        permissions &= !deny;
        permissions |= allow;
    }
    permissions
}

/// `SplitMix64`.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// About a quarter of the bits, `ADMINISTRATOR` seldom.
    fn permissions(&mut self) -> u64 {
        let bits = self.next() & self.next() & ALL;
        if self.below(20) == 0 {
            bits
        } else {
            bits & !ADMINISTRATOR
        }
    }
}

#[test]
fn random_guilds_agree_with_the_documented_pseudocode() {
    let mut random = Random(3);
    let mut administrators = 0;
    for round in 0..20_000 {
        let roles: HashMap<u64, u64> = (1..=6).map(|id| (id, random.permissions())).collect();
        let carried: HashSet<u64> = (2..=6).filter(|_| random.below(2) == 0).collect();
        let guild = Guild {
            owner: 100 + random.below(8),
            roles,
        };
        let member = Member {
            user: 100,
            roles: carried,
        };
        let overwrites: Overwrites = (0..random.below(8))
            .map(|_| {
                let kind = u32::from(random.below(3) == 0);
                let first = if kind == 0 { 1 } else { 99 };
                let id = first + random.below(7);
                let (allow, deny) = (random.permissions(), random.permissions());
                ((kind, id), (allow & !ADMINISTRATOR, deny))
            })
            .collect();

        let ids: Vec<RoleId> = member.roles.iter().copied().map(RoleId::new).collect();
        let all = guild
            .roles
            .iter()
            .map(|(id, bits)| (RoleId::new(*id), Permissions::from_bits_retain(*bits)));
        let ours = MemberPermissions::new(GUILD, UserId::new(member.user), &ids, all)
            .owned_by(UserId::new(guild.owner));
        let list: Vec<PermissionOverwrite> = overwrites
            .iter()
            .map(|((kind, id), (allow, deny))| {
                let mut overwrite = role(*id);
                overwrite.kind = OverwriteType::from_value(*kind);
                overwrite.allow = Permissions::from_bits_retain(*allow);
                overwrite.deny = Permissions::from_bits_retain(*deny);
                overwrite
            })
            .collect();

        let base = documented_base(&member, &guild);
        assert_eq!(ours.in_guild().bits(), base, "round {round}");
        administrators += u32::from(ours.is_administrator());
        let kind = ChannelType::from_value(u32::try_from(random.below(17)).unwrap_or(0));
        let mut expected =
            Permissions::from_bits_retain(documented_overwrites(base, &member, &overwrites));
        if kind.is_thread() && !expected.contains(Permissions::ADMINISTRATOR) {
            expected.remove(Permissions::SEND_MESSAGES);
        }
        assert_eq!(
            ours.in_channel(kind, &list),
            expected.effective_in(kind),
            "round {round}"
        );
    }
    assert!(
        (2_000..12_000).contains(&administrators),
        "{administrators}"
    );
}
