//! Devices that Discord certified, as their vendors describe them.
//!
//! See [certified devices](https://docs.discord.com/developers/topics/certified-devices).

use polycord_types_derive::Model;

use crate::Text;

/// A certified device.
///
/// See [the documentation](https://docs.discord.com/developers/topics/certified-devices#models-device-object).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct CertifiedDevice {
    /// What it is.
    #[model(rename = "type")]
    pub kind: CertifiedDeviceType,
    /// Identifies the device: its UUID on Windows.
    #[model(key)]
    pub id: Text,
    /// Who made it.
    pub vendor: DeviceVendor,
    /// Which product it is.
    pub model: DeviceModel,
    /// UUIDs of devices that belong to it.
    pub related: Vec<Text>,
    /// Whether it cancels echoes itself.
    pub echo_cancellation: Option<bool>,
    /// Whether it suppresses noise itself.
    pub noise_suppression: Option<bool>,
    /// Whether it levels the volume itself.
    pub automatic_gain_control: Option<bool>,
    /// Whether a switch on it mutes it.
    pub hardware_mute: Option<bool>,
}

/// Who made a device.
///
/// See [the documentation](https://docs.discord.com/developers/topics/certified-devices#models-vendor-object).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct DeviceVendor {
    /// The vendor's name.
    pub name: Text,
    /// The vendor's address.
    pub url: Text,
}

/// Which product a device is.
///
/// See [the documentation](https://docs.discord.com/developers/topics/certified-devices#models-model-object).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct DeviceModel {
    /// The product's name.
    pub name: Text,
    /// The product's address.
    pub url: Text,
}

open_enum! {
    /// What a device is.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/certified-devices#models-device-type).
    pub enum CertifiedDeviceType: str {
        /// A microphone.
        AudioInput = "audioinput",
        /// A loudspeaker.
        AudioOutput = "audiooutput",
        /// A camera.
        VideoInput = "videoinput",
    }
}
