//! Finding what Discord would refuse before it is sent.
//!
//! Whatever is sent implements [`Validate`]: messages, embeds, components, commands, polls, modals,
//! presences, requests to the gateway, and the bodies that make or change the resources of a guild.
//! [`validate`](Validate::validate) returns every fault at once; each names the field by its path, the
//! limit and what was found. The limits themselves are in [`limits`].
//!
//! Texts are measured in characters as Discord measures them: Unicode code points, as
//! [its staff says](https://github.com/discord/discord-api-docs/issues/1315), so that an emoji counts one for
//! each code point it is made of. What only Discord can know is not checked: rights, what exists, whether an
//! address answers. Files that are uploaded beside a body are known by its `attachments` only.
//!
//! ```
//! use polycord_types::{message::{CreateMessage, Embed}, validate::Validate};
//!
//! let embed = Embed::new().title("x".repeat(300)).field("", "value");
//! let errors = CreateMessage::new("hello").embed(embed).validate().unwrap_err();
//! let paths: Vec<_> = errors.iter().map(|error| error.path()).collect();
//! assert_eq!(paths, ["embeds[0].title", "embeds[0].fields[0].name"]);
//! assert_eq!(errors.first().limit(), Some(256));
//! assert_eq!(
//!     errors.first().to_string(),
//!     "`embeds[0].title` has 300 characters, at most 256 are allowed"
//! );
//! ```

mod activity;
mod auto_moderation;
mod channel;
mod check;
mod command;
mod component;
mod component_tree;
mod embed;
mod error;
mod guild;
mod interaction;
pub mod limits;
mod lobby;
mod mentions;
mod message;
mod poll;
mod scheduled_event;
mod send;
mod user;
mod webhook;

pub use self::{
    check::Check,
    error::{ValidationError, ValidationErrorKind, ValidationErrors},
};

/// Something to be sent, that Discord has limits for.
pub trait Validate {
    /// Adds what is wrong to a list, with paths below where the list stands.
    fn check(&self, check: &mut Check);

    /// Looks for what Discord would refuse.
    ///
    /// # Errors
    ///
    /// Every fault that was found.
    fn validate(&self) -> Result<(), ValidationErrors> {
        let mut check = Check::default();
        self.check(&mut check);
        check.finish()
    }
}

impl<T: Validate> Validate for [T] {
    fn check(&self, check: &mut Check) {
        for (index, element) in self.iter().enumerate() {
            check.at_index(index, |check| element.check(check));
        }
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn check(&self, check: &mut Check) {
        self.as_slice().check(check);
    }
}
