//! Every structure and every enum of the documentation by its documented name.
//!
//! For tools that learn the type at run time: what checks payloads against the models, or the models against
//! the documentation. A bot has no use for it; it instantiates the decoder of every model, and so stands
//! behind the feature `catalog`.
//!
//! ```
//! use polycord_types::catalog;
//!
//! let role = catalog::structure("topics/permissions#Role Structure").ok_or("no such structure")?;
//! assert_eq!(role.rust(), "role::Role");
//! assert_eq!(catalog::structure("role structure"), Some(role)); // its title alone will do
//! assert_eq!(catalog::structure("Role"), Some(role)); // and so will the name of the Rust type
//!
//! let inspected = role.inspect(r#"{"id": "1", "name": "helpers", "brand_new": true}"#)?;
//! assert!(inspected.reserialized.contains(r#""name":"helpers""#));
//!
//! let types = catalog::enumeration("Channel Types").ok_or("no such enum")?;
//! assert!(types.values().contains(&("GuildText", catalog::EnumValue::Integer(0))));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod enumeration;
mod enums;
mod inspected;
mod structure;
mod structures;

pub(crate) use self::enumeration::Values;
pub use self::{
    enumeration::{EnumKind, EnumValue, Enumeration},
    inspected::Inspected,
    structure::Structure,
};

/// Every structure that has a model, in the order of the documentation's pages.
///
/// One that several models stand for, whole and in part, is there once for each; the whole one comes first.
#[must_use]
pub const fn structures() -> &'static [Structure] {
    structures::ALL
}

/// The data of every event of the gateway. The documented name of these is that of the event, as in
/// `MESSAGE_CREATE`.
#[must_use]
pub const fn events() -> &'static [Structure] {
    crate::gateway::Event::STRUCTURES
}

/// Every enum and every flag set that has a type.
#[must_use]
pub const fn enums() -> &'static [Enumeration] {
    enums::ALL
}

/// Finds a structure by its documented key (`resources/user#User Structure`), its title, the name of its
/// Rust type or of the event that it is the data of, whatever the case.
///
/// `None` where there is none, and where a title stands on several pages.
#[must_use]
pub fn structure(name: &str) -> Option<&'static Structure> {
    let all = structures().iter().chain(events());
    let is = |text: &str| text.eq_ignore_ascii_case(name);
    let whole = |name: fn(&'static Structure) -> &'static str| {
        all.clone().find(|structure| is(name(structure)))
    };
    let titled = || {
        let mut titled = all.clone().filter(|structure| is(structure.title()));
        let first = titled.next()?;
        titled
            .all(|other| other.documented() == first.documented())
            .then_some(first)
    };
    whole(Structure::documented)
        .or_else(titled)
        .or_else(|| whole(Structure::name))
        .or_else(|| whole(Structure::rust))
}

/// Finds an enum by its documented title (`Channel Types`) or the name of its Rust type, whatever the case.
#[must_use]
pub fn enumeration(name: &str) -> Option<&'static Enumeration> {
    let by = |text: fn(&'static Enumeration) -> &'static str| {
        enums()
            .iter()
            .find(|one| text(one).eq_ignore_ascii_case(name))
    };
    by(Enumeration::documented)
        .or_else(|| by(Enumeration::name))
        .or_else(|| by(Enumeration::rust))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_structure_is_found_by_each_of_its_names() {
        let user = structure("resources/user#User Structure").unwrap();
        assert_eq!(
            (user.page(), user.title()),
            ("resources/user", "User Structure")
        );
        for name in ["USER structure", "user", "user::User"] {
            assert_eq!(structure(name), Some(user), "{name}");
        }
        let event = structure("MESSAGE_CREATE").unwrap();
        assert_eq!((event.page(), event.name()), ("", "MessageCreate"));
        assert_eq!(structure("no such thing"), None);
    }

    #[test]
    fn every_structure_is_found_by_its_documented_name() {
        for one in structures().iter().chain(events()) {
            let found = structure(one.documented()).unwrap();
            assert_eq!(found.documented(), one.documented());
            assert!(one.inspect("[").is_err(), "{one:?}");
        }
        for one in enums() {
            assert!(enumeration(one.documented()).is_some(), "{one:?}");
            assert!(!one.values().is_empty(), "{one:?}");
        }
    }

    #[test]
    fn there_is_an_entry_for_each_event() {
        let names = events().iter().map(Structure::documented);
        assert!(
            names.eq(crate::gateway::EventKind::ALL
                .iter()
                .map(|kind| kind.name()))
        );
    }

    #[test]
    fn what_is_unknown_is_said() {
        let role = structure("Role").unwrap();
        let inspected = role
            .inspect(r#"{"id": "1", "name": [], "tags": {"brand_new": 1}}"#)
            .unwrap();
        let mut deviations = inspected.report.deviations.iter();
        assert!(deviations.any(|deviation| deviation.path == "name"));
        assert_eq!(inspected.report.unknown_fields[0].path, "tags.brand_new");
    }
}
