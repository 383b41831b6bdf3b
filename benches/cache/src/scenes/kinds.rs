//! What each kind costs: the memory of everything, less that of everything but the kind.

use polycord_cache_benches::{
    peer::{Kind, Settings},
    town::Town,
};

use super::filled;
use crate::options::Options;

/// More show nothing else.
const GUILDS: u64 = 50;

pub fn run(options: &Options) {
    let town = Town {
        guilds: options.town.guilds.min(GUILDS),
        ..options.town
    };
    let count = town.all_members() as f64;
    let of = |without| {
        let settings = Settings {
            without,
            ..Settings::default()
        };
        let heaps = options.peers.iter().map(|peer| {
            let (_, heap) = filled(*peer, town, &settings)?;
            Some(heap / count)
        });
        heaps.collect::<Vec<_>>()
    };
    let row = |name: &str, bytes: &[Option<f64>]| {
        let cells = bytes.iter().map(|bytes| match bytes {
            Some(bytes) => format!("{bytes:>9.0}"),
            None => format!("{:>9}", "-"),
        });
        println!("{name:<14} {}", cells.collect::<Vec<_>>().join(" "));
    };

    println!(
        "\nwhat each kind adds, bytes a member ({} members in {} guilds); -: it cannot be left out, or is not there\n",
        town.all_members(),
        town.guilds
    );
    let names = options.peers.iter().map(|peer| format!("{peer:>9}"));
    println!("{:<14} {}", "", names.collect::<Vec<_>>().join(" "));
    let all = of(None);
    row("all", &all);
    for kind in Kind::ALL {
        let less = of(Some(kind)).into_iter().zip(&all);
        let adds: Vec<_> = less
            .map(|(less, all)| all.zip(less).map(|(all, less)| all - less))
            .collect();
        row(&format!("{kind:?}"), &adds);
    }
}
