//! Buttons that people press, and selects that they choose from.

use polycord_types::id::{ChannelId, InteractionId, MessageId, UserId};
use serde_json::{Value, json};

use super::resolved::Resolved;
use super::{Asker, Chosen};
use crate::actors::must_exist;
use crate::core::State;
use crate::rest::interactions::InteractionKind;
use crate::simulator::Simulator;
use crate::world::objects;

/// A button, in numbers of component types.
const BUTTON: u64 = 2;
/// Styles of buttons that open a link, or a shop: nothing is sent to the bot.
const WITHOUT_INTERACTION: [u64; 2] = [5, 6];

impl Simulator {
    /// A user presses a button of a message that the bot sent, by its `custom_id`. Ephemeral messages
    /// are there for those they were shown to.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use polycord_simulator::Simulator;
    /// # async fn press(sim: &Simulator) -> Result<(), Box<dyn std::error::Error>> {
    /// let (general, within) = (sim.channel("general"), Duration::from_secs(5));
    /// let asked = sim.expect_message(general, |it| it.content == "Really?", within).await?;
    /// let pressed = sim.press(general, asked.id, sim.user("ada"), "yes");
    /// let answer = sim.expect_response(pressed).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If that button is not there to be pressed: no such message, no such button on it, disabled, or
    /// one that opens a link.
    #[track_caller]
    pub fn press(
        &self,
        channel: ChannelId,
        message: MessageId,
        user: UserId,
        custom_id: &str,
    ) -> InteractionId {
        self.act(|core, state| {
            must_exist(state, channel, user);
            let (asker, shown) = look(state, channel, message, user);
            let button = component(&shown, custom_id);
            let kind = button["type"].as_u64().unwrap_or(0);
            let style = button["style"].as_u64().unwrap_or(0);
            assert!(
                kind == BUTTON && !WITHOUT_INTERACTION.contains(&style),
                "{custom_id:?} on message {message} is no button that tells the bot: {button}"
            );
            let data = data_of(&button);
            let kind = InteractionKind::Component {
                message: message.get(),
            };
            InteractionId::new(core.ask(state, asker, kind, &data, Some(shown)))
        })
    }

    /// A user chooses in a select of a message that the bot sent, by the select's `custom_id`: values
    /// of its options, users, roles, channels.
    ///
    /// ```
    /// # use polycord_simulator::Simulator;
    /// # use polycord_types::id::MessageId;
    /// # fn choose(sim: &Simulator, menu: MessageId) {
    /// let (general, ada) = (sim.channel("general"), sim.user("ada"));
    /// sim.choose(general, menu, ada, "teas", ["green", "black"]);
    /// sim.choose(general, menu, ada, "guests", [sim.user("grace")]);
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If that select is not there, or does not let that be chosen: too many or too few, no such
    /// option, a channel of another type.
    #[track_caller]
    pub fn choose<C: Into<Chosen>>(
        &self,
        channel: ChannelId,
        message: MessageId,
        user: UserId,
        custom_id: &str,
        chosen: impl IntoIterator<Item = C>,
    ) -> InteractionId {
        let chosen: Vec<Chosen> = chosen.into_iter().map(Into::into).collect();
        self.act(|core, state| {
            must_exist(state, channel, user);
            let (asker, shown) = look(state, channel, message, user);
            let select = component(&shown, custom_id);
            let mut resolved = Resolved::default();
            let values = values(state, asker, &select, &chosen, &mut resolved);
            let mut data = data_of(&select);
            data["values"] = Value::from(values);
            resolved.into(&mut data);
            let kind = InteractionKind::Component {
                message: message.get(),
            };
            InteractionId::new(core.ask(state, asker, kind, &data, Some(shown)))
        })
    }
}

/// The message as the user sees it.
#[track_caller]
fn look(state: &State, channel: ChannelId, message: MessageId, user: UserId) -> (Asker, Value) {
    let asker = Asker {
        channel: channel.get(),
        user: user.get(),
    };
    let open = state.world.message(asker.channel, message.get()).cloned();
    let hidden = || {
        let own = state.interactions.values();
        let own = own.filter(|it| it.user == asker.user && it.channel == asker.channel);
        let mut own = own.flat_map(|it| &it.hidden);
        own.find(|it| objects::id(it) == message.get()).cloned()
    };
    let Some(shown) = open.or_else(hidden) else {
        panic!("user {user} sees no message {message} in channel {channel}")
    };
    (asker, shown)
}

/// The component of that name, which can be used.
#[track_caller]
fn component(message: &Value, custom_id: &str) -> Value {
    let mut names = Vec::new();
    let found = find(&message["components"], custom_id, &mut names);
    let Some(found) = found else {
        let id = &message["id"];
        let id = id.as_str().unwrap_or_default();
        panic!("message {id} has no component {custom_id:?}: it has {names:?}")
    };
    assert!(
        found["disabled"] != true,
        "the component {custom_id:?} is disabled"
    );
    found.clone()
}

/// Looks through rows, sections and containers; `names` is what else there is.
fn find<'a>(within: &'a Value, custom_id: &str, names: &mut Vec<String>) -> Option<&'a Value> {
    match within {
        Value::Array(list) => list.iter().find_map(|it| find(it, custom_id, names)),
        Value::Object(fields) => {
            let name = fields.get("custom_id").and_then(Value::as_str);
            if name == Some(custom_id) {
                return Some(within);
            }
            names.extend(name.map(str::to_owned));
            let below = ["components", "accessory", "component"].iter();
            let mut below = below.filter_map(|field| fields.get(*field));
            below.find_map(|it| find(it, custom_id, names))
        }
        _ => None,
    }
}

/// The beginning of an interaction's data.
fn data_of(component: &Value) -> Value {
    let mut data = json!({
        "custom_id": component["custom_id"],
        "component_type": component["type"],
    });
    if component["id"].is_number() {
        data["id"] = component["id"].clone();
    }
    data
}

/// `values` of a select in which that was chosen, and what they name resolved.
#[track_caller]
pub(super) fn values(
    state: &State,
    asker: Asker,
    select: &Value,
    chosen: &[Chosen],
    resolved: &mut Resolved,
) -> Vec<String> {
    let name = &select["custom_id"];
    let kind = select["type"].as_u64().unwrap_or(0);
    let count = chosen.len() as u64;
    // A group of boxes (22) lets everything be chosen unless it says otherwise.
    let boxes = select["options"].as_array().filter(|_| kind == 22);
    let most = boxes.map_or(1, |boxes| boxes.len() as u64);
    let least = select["min_values"].as_u64().unwrap_or(1);
    let most = select["max_values"].as_u64().unwrap_or(most);
    let none = count == 0 && select["required"] == false;
    assert!(
        none || (least..=most).contains(&count),
        "{name} takes {least} to {most} choices, not {count}"
    );
    for one in chosen {
        let fits = match (kind, one) {
            (3 | 22, Chosen::Value(value)) => select["options"]
                .as_array()
                .is_some_and(|options| options.iter().any(|it| it["value"] == **value)),
            (5 | 7, Chosen::User(user)) => resolved.user(state, asker.channel, user.get()),
            (6 | 7, Chosen::Role(role)) => resolved.role(state, asker.channel, role.get()),
            (8, Chosen::Channel(channel)) => {
                let found = state.world.channel(channel.get());
                let kinds = select["channel_types"].as_array();
                let kinds = kinds.filter(|kinds| !kinds.is_empty());
                let of_kind =
                    |found: &Value| kinds.is_none_or(|kinds| kinds.contains(&found["type"]));
                found.is_some_and(of_kind)
                    && resolved.channel(state, asker.channel, asker.user, channel.get())
            }
            _ => false,
        };
        assert!(fits, "{one:?} cannot be chosen in {select}");
    }
    chosen.iter().map(Chosen::text).collect()
}
