//! Modals that people submit.

use std::collections::BTreeMap;

use polycord_types::id::InteractionId;
use serde_json::{Value, json};

use super::component::values;
use super::resolved::Resolved;
use super::{Asker, Filled};
use crate::core::{Core, State};
use crate::rest::interactions::InteractionKind;
use crate::simulator::Simulator;
use crate::world::objects;

/// The callback that shows a modal.
const MODAL: u64 = 9;

impl Simulator {
    /// The user who started an interaction fills in and submits the modal that the bot showed for it:
    /// what stands in its fields, by their `custom_id`. Fields that are not named stay as they came.
    ///
    /// ```
    /// # use polycord_simulator::{Filled, Simulator};
    /// # fn fill_in(sim: &Simulator) {
    /// let asked = sim.run_command(sim.channel("general"), sim.user("ada"), "feedback", []);
    /// // ... the bot answers with a modal, then:
    /// sim.submit_modal(asked, [("text", "more tea"), ("name", "Ada")]);
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If the bot showed no modal, or one that cannot be submitted like that: a field is not on it,
    /// is required and empty, too long or too short.
    #[track_caller]
    pub fn submit_modal<'a, F: Into<Filled>>(
        &self,
        shown_for: InteractionId,
        fields: impl IntoIterator<Item = (&'a str, F)>,
    ) -> InteractionId {
        let fields = fields.into_iter();
        let fields = fields.map(|(name, filled)| (name.to_owned(), filled.into()));
        let mut form = Form {
            fields: fields.collect(),
            ..Form::default()
        };
        self.act(|core, state| InteractionId::new(core.submit(state, shown_for.get(), &mut form)))
    }
}

impl Core {
    #[track_caller]
    fn submit(&self, state: &mut State, shown_for: u64, form: &mut Form) -> u64 {
        let Some(found) = state.interactions.get(&shown_for) else {
            panic!("there was no interaction {shown_for}")
        };
        let modal = found.callback.as_ref();
        let modal = modal.filter(|callback| callback["type"] == MODAL);
        let Some(modal) = modal.map(|callback| callback["data"].clone()) else {
            let callback = &found.callback;
            panic!("no modal was shown for interaction {shown_for}, but {callback:?}")
        };
        let asker = Asker {
            channel: found.channel,
            user: found.user,
        };
        let source = found.kind.message();
        let shown = source.and_then(|message| {
            let hidden = state.interactions.values().flat_map(|it| &it.hidden);
            let mut hidden = hidden.filter(|it| objects::id(it) == message);
            let open = state.world.message(asker.channel, message);
            open.or_else(|| hidden.next()).cloned()
        });
        let rows = modal["components"].as_array();
        let rows = rows.into_iter().flatten();
        let components: Vec<Value> = rows.map(|row| form.read(state, asker, row)).collect();
        if let Some((name, _)) = form.fields.iter().next() {
            panic!("the modal has no field {name:?}: {modal}")
        }
        let mut data = json!({ "custom_id": modal["custom_id"], "components": components });
        std::mem::take(&mut form.resolved).into(&mut data);
        let kind = InteractionKind::Modal { message: source };
        self.ask(state, asker, kind, &data, shown)
    }
}

/// What is being filled in.
#[derive(Debug, Default)]
struct Form {
    /// What has no place yet.
    fields: BTreeMap<String, Filled>,
    resolved: Resolved,
    /// The number of the last component that came without one.
    last: u64,
}

impl Form {
    /// A component of the modal, as it is submitted.
    #[track_caller]
    fn read(&mut self, state: &State, asker: Asker, component: &Value) -> Value {
        self.last += 1;
        let id = component["id"].as_u64().unwrap_or(self.last);
        let kind = component["type"].as_u64().unwrap_or(0);
        let mut read = json!({ "type": kind, "id": id });
        match kind {
            1 => {
                let inner = component["components"].as_array().into_iter().flatten();
                read["components"] = inner.map(|it| self.read(state, asker, it)).collect();
            }
            18 => read["component"] = self.read(state, asker, &component["component"]),
            // A text to read.
            10 => {}
            _ => self.fill(state, asker, component, &mut read),
        }
        read
    }

    #[track_caller]
    fn fill(&mut self, state: &State, asker: Asker, component: &Value, read: &mut Value) {
        let name = component["custom_id"].as_str().unwrap_or_default();
        read["custom_id"] = Value::from(name);
        let required = component["required"] != false;
        match (component["type"].as_u64(), self.fields.remove(name)) {
            (Some(4), filled @ (None | Some(Filled::Text(_)))) => {
                let text = match filled {
                    Some(Filled::Text(text)) => text,
                    _ => component["value"].as_str().unwrap_or_default().to_owned(),
                };
                let length = text.chars().count() as u64;
                let least = component["min_length"].as_u64();
                let least = least.unwrap_or(0).max(u64::from(required));
                let most = component["max_length"].as_u64().unwrap_or(4_000);
                assert!(
                    length == 0 && !required || (least..=most).contains(&length),
                    "{name:?} takes {least} to {most} characters, not {length}"
                );
                read["value"] = Value::from(text);
            }
            (Some(21), Some(Filled::Text(value))) => {
                let mut options = component["options"].as_array().into_iter().flatten();
                let fits = options.any(|option| option["value"] == *value);
                assert!(fits, "{name:?} has no choice {value:?}");
                read["value"] = Value::from(value);
            }
            (Some(21), None) if !required => read["value"] = Value::Null,
            (Some(23), None) => read["value"] = Value::from(component["default"] == true),
            (Some(23), Some(Filled::Ticked(ticked))) => read["value"] = Value::from(ticked),
            (Some(3 | 5..=8 | 22), filled @ (None | Some(Filled::Chosen(_)))) => {
                let chosen = match filled {
                    Some(Filled::Chosen(chosen)) => chosen,
                    _ => Vec::new(),
                };
                let values = values(state, asker, component, &chosen, &mut self.resolved);
                read["values"] = Value::from(values);
            }
            (Some(19), None) if !required => read["values"] = json!([]),
            (_, filled) => panic!("{filled:?} does not fit into the field {name:?}: {component}"),
        }
    }
}
