//! What is known of somebody: the user, the member, the presence.

use polycord_workload::{
    json::{Id, NULL, Object},
    random::Random,
    world::World,
};

use crate::distribution::Distribution;

const ACCOUNTS: &[&str] = &[
    "lena",
    "mr.otter",
    "kurogane",
    "j0sh",
    "pixelpirate",
    "sakura_99",
    "the.real.dan",
    "nova",
    "vex",
    "hollow_knight_fan",
    "apfelchen",
    "tom",
    "bluejay",
    "zoe",
    "grimm",
    "xx_sniper_xx",
];
/// Somebody's account.
pub fn user(id: Id, distribution: Distribution, mut random: Random) -> Object {
    let random = &mut random;
    let global_name = random.chance(75).then(|| distribution.name(random));
    let username = format!("{}{}", random.pick(ACCOUNTS), random.below(100_000));
    let avatar = random.chance(70).then(|| hash(random));
    let decoration = random.chance(8).then(|| {
        Object::new()
            .with("sku_id", Id(1_144_000_000_000_000_000 + random.below(40)))
            .with(
                "asset",
                format!("a_{}", Random::new(random.below(40)).hex(32)),
            )
            .end()
    });
    let guild = random.chance(10).then(|| {
        let number = random.below(200);
        Object::new()
            .with("tag", "WOLF")
            .with("identity_guild_id", Id(900_000_000_000_000_000 + number))
            .with("identity_enabled", true)
            .with("badge", Random::new(number).hex(32))
            .end()
    });
    let user = Object::new()
        .with("username", username)
        .with(
            "public_flags",
            random.pick(&[0_u64, 0, 0, 64, 128, 256, 4_194_304]),
        )
        .with("primary_guild", guild)
        .with("id", id)
        .with("global_name", global_name)
        .with("discriminator", "0")
        .with("collectibles", NULL);
    let user = if random.chance(2) {
        user.with("bot", true)
    } else {
        user
    };
    user.with("avatar_decoration_data", decoration)
        .with("avatar", avatar)
}

/// Somebody in a guild, without the user: what belongs to the person, what stays, and what updates change.
pub fn member(
    distribution: Distribution,
    mut person: Random,
    mut staying: Random,
    mut changing: Random,
    roles: Vec<Id>,
) -> Object {
    let nick = changing.chance(30).then(|| {
        // Some are called the same everywhere.
        distribution.name(if changing.chance(20) {
            &mut person
        } else {
            &mut changing
        })
    });
    let boosts = staying.chance(4).then(|| timestamp(&mut staying));
    let avatar = staying.chance(2).then(|| hash(&mut staying));
    Object::new()
        .with("roles", roles)
        .with("premium_since", boosts)
        .with("pending", false)
        .with("nick", nick)
        .with("mute", false)
        .with("joined_at", timestamp(&mut staying))
        .with("flags", staying.pick(&[0_u64, 0, 2, 10]))
        .with("deaf", false)
        .with("communication_disabled_until", NULL)
        .with("collectibles", NULL)
        .with("banner", NULL)
        .with("avatar_decoration_data", NULL)
        .with("avatar", avatar)
}

/// How somebody is seen, without the guild.
pub fn presence(world: &mut World, user: Id, may_be_offline: bool) -> Object {
    let status = if may_be_offline && world.random.chance(15) {
        "offline"
    } else {
        world.random.pick(&["online", "online", "idle", "dnd"])
    };
    let activities = match world.random.below(20) {
        _ if status == "offline" => 0,
        0..=9 => 0,
        10..=16 => 1,
        17..=18 => 2,
        _ => 3,
    };
    let activities = world.some(activities, World::activity);
    let client = match (status, world.random.below(10)) {
        ("offline", _) => Object::new(),
        (_, 0..=5) => Object::new().with("desktop", status),
        (_, 6..=7) => Object::new().with("mobile", status),
        (_, 8) => Object::new().with("web", status),
        _ => Object::new().with("mobile", status).with("desktop", status),
    };
    Object::new()
        .with("user", Object::new().with("id", user).end())
        .with("status", status)
        .with("broadcast", NULL)
        .with("client_status", client.end())
        .with("activities", activities)
}

fn hash(random: &mut Random) -> String {
    let hash = random.hex(32);
    if random.chance(15) {
        return format!("a_{hash}");
    }
    hash
}

fn timestamp(random: &mut Random) -> String {
    format!(
        "{}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}000+00:00",
        2016 + random.below(10),
        1 + random.below(12),
        1 + random.below(28),
        random.below(24),
        random.below(60),
        random.below(60),
        random.below(1000),
    )
}
