//! Whom to trust: compiled-in roots, and the certificate authorities the user adds.

use std::{
    env, fs,
    path::PathBuf,
    sync::{Arc, OnceLock, PoisonError, RwLock},
};

use rustls_pki_types::{CertificateDer, pem::PemObject};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};

use crate::Error;

/// Names a PEM file with certificate authorities to trust in addition.
const CA_FILE: &str = "POLYCORD_CA_FILE";

/// The trust settings of a shard. Clones share what is built from them: one root store serves all
/// shards of a process.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tls {
    pem: Arc<Vec<Vec<u8>>>,
    built: Arc<OnceLock<Arc<ClientConfig>>>,
}

impl Tls {
    pub(crate) fn add(&mut self, pem: &[u8]) {
        Arc::make_mut(&mut self.pem).push(pem.to_vec());
        self.built = Arc::default();
    }

    /// # Errors
    /// A PEM that is none, and a file of `POLYCORD_CA_FILE` that cannot be read.
    pub(crate) fn build(&self) -> Result<Arc<ClientConfig>, Error> {
        if let Some(built) = self.built.get() {
            return Ok(Arc::clone(built));
        }
        let file = env::var_os(CA_FILE)
            .filter(|path| !path.is_empty())
            .map(PathBuf::from);
        let config = if self.pem.is_empty() && file.is_none() {
            default_config()?
        } else {
            Arc::new(self.config(file)?)
        };
        Ok(Arc::clone(self.built.get_or_init(|| config)))
    }

    fn config(&self, file: Option<PathBuf>) -> Result<ClientConfig, Error> {
        let mut roots = RootCertStore::empty();
        #[cfg(feature = "webpki-roots")]
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        for pem in self.pem.iter() {
            add_pem(&mut roots, pem, "`root_certificates`")?;
        }
        if let Some(path) = file {
            let name = format!("{} (named by {CA_FILE})", path.display());
            let pem = fs::read(&path).map_err(|error| {
                Error::bad_certificate(format!("cannot read {name}"), Some(error.into()))
            })?;
            add_pem(&mut roots, &pem, &name)?;
        }
        // The provider is named here: two of them in one dependency tree, or none, would
        // otherwise be a panic at the first connection.
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| Error::tls("ring offers no TLS version", error))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(config)
    }
}

fn default_config() -> Result<Arc<ClientConfig>, Error> {
    static DEFAULT: RwLock<Option<Arc<ClientConfig>>> = RwLock::new(None);
    if let Some(config) = DEFAULT
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .as_ref()
    {
        return Ok(Arc::clone(config));
    }
    let config = Arc::new(Tls::default().config(None)?);
    *DEFAULT.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&config));
    Ok(config)
}

fn add_pem(roots: &mut RootCertStore, pem: &[u8], name: &str) -> Result<(), Error> {
    let mut found = false;
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let bad = |error: Box<dyn std::error::Error + Send + Sync>| {
            Error::bad_certificate(format!("{name} holds a broken certificate"), Some(error))
        };
        let certificate = certificate.map_err(|error| bad(Box::new(error)))?;
        roots
            .add(certificate)
            .map_err(|error| bad(Box::new(error)))?;
        found = true;
    }
    if found {
        return Ok(());
    }
    Err(Error::bad_certificate(
        format!("{name} holds no certificate: give PEM text with BEGIN CERTIFICATE"),
        None,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn text_that_is_no_pem_is_a_typed_error() {
        let mut tls = Tls::default();
        tls.add(b"not a certificate");
        let error = tls.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Certificate);
        assert!(error.to_string().contains("BEGIN CERTIFICATE"), "{error}");
    }

    #[test]
    fn a_pem_with_garbage_inside_is_a_typed_error() {
        let mut tls = Tls::default();
        tls.add(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assert_eq!(tls.build().unwrap_err().kind(), ErrorKind::Certificate);
    }

    #[test]
    fn t03_the_default_builds_without_a_process_wide_crypto_provider() {
        assert!(Tls::default().config(None).is_ok());
    }

    #[test]
    fn clones_share_one_root_store() {
        let tls = Tls::default();
        let clone = tls.clone();
        let (one, other) = (tls.build().unwrap(), clone.build().unwrap());
        assert!(Arc::ptr_eq(&one, &other));
    }
}
