use super::World;

const FIRST: [&str; 16] = [
    "aiko",
    "björn",
    "chidi",
    "dorota",
    "élodie",
    "farid",
    "göksu",
    "hiro",
    "ingrid",
    "joão",
    "kamala",
    "léa",
    "мария",
    "nour",
    "小明",
    "zoë",
];
const TOPICS: [&str; 12] = [
    "general",
    "announcements",
    "help",
    "off-topic",
    "音楽",
    "pets",
    "bots",
    "dev",
    "memes",
    "gaming",
    "books",
    "введение",
];
const PLACES: [&str; 8] = [
    "harbour",
    "observatory",
    "garden",
    "workshop",
    "café",
    "archive",
    "théâtre",
    "市場",
];
const ROLES: [&str; 5] = ["newcomer", "regular", "artist", "moderator", "admin"];

impl World {
    /// A world of `guilds` guilds with `members` members each (the bot and the owner not counted),
    /// with names in several scripts, a row of roles, and people who are in several guilds. The
    /// same arguments give the same world.
    pub fn generate(seed: u64, guilds: usize, members: usize) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut world = Self::new();
        let mut people: Vec<u64> = Vec::new();
        for number in 0..guilds {
            let place = random.choice(PLACES).unwrap_or("place");
            world = world.guild(&format!("{place} {number}"), |mut guild| {
                let channels = random.usize(3..=TOPICS.len());
                for topic in TOPICS.iter().take(channels) {
                    guild = guild.channel(topic);
                }
                guild = guild.voice_channel("lounge");
                for role in ROLES {
                    guild = guild.role(role);
                }
                // A third are people seen elsewhere, as in life; in a stride, so nobody twice.
                let known = people.len().min(members / 3);
                let start = random.usize(0..people.len().max(1));
                let mut joining: Vec<u64> = people
                    .iter()
                    .cycle()
                    .skip(start)
                    .take(known)
                    .copied()
                    .collect();
                while joining.len() < members {
                    let first = random.choice(FIRST).unwrap_or("someone");
                    let name = format!("{first}{}", people.len());
                    let id = guild.world_mut().add_user(&name, first);
                    people.push(id);
                    joining.push(id);
                }
                for user in joining {
                    let role = random.choice(ROLES).unwrap_or("regular");
                    guild.join(user, &[role]);
                }
                guild
            });
        }
        world
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_world_is_the_same_for_the_same_seed_and_full() {
        let world = World::generate(7, 5, 30).into_state();
        assert_eq!(world.guilds.len(), 5);
        assert!(world.guilds.values().all(|guild| guild.members.len() == 32));
        assert_eq!(World::generate(7, 5, 30).into_state().users, world.users);
        let shards: Vec<u32> = world
            .guilds
            .keys()
            .map(|id| super::super::objects::shard_of(*id, 2))
            .collect();
        assert!(shards.contains(&0) && shards.contains(&1));
    }
}
