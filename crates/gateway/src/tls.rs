//! Whom to trust: compiled-in roots, and the certificate authorities the user adds.

use std::{
    env, fs, io,
    path::PathBuf,
    sync::{Arc, OnceLock, PoisonError, RwLock},
};

use rustls_pki_types::{CertificateDer, pem::PemObject};
use tokio_rustls::rustls::{
    CertificateError, ClientConfig, Error as TlsError, RootCertStore, crypto::ring,
};
#[cfg(feature = "native-roots")]
use tracing::debug;

use crate::Error;

/// Names a PEM file with certificate authorities to trust in addition.
const CA_FILE: &str = "POLYCORD_CA_FILE";

/// The trust settings of a shard. Clones share what is built from them: one root store serves all
/// shards of a process.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tls {
    pem: Arc<Vec<Vec<u8>>>,
    built: Arc<OnceLock<Trust>>,
}

/// Whom a client trusts.
#[derive(Clone, Debug)]
struct Trust {
    config: Arc<ClientConfig>,
    /// No connection can succeed.
    is_empty: bool,
}

impl Tls {
    pub(crate) fn add(&mut self, pem: &[u8]) {
        Arc::make_mut(&mut self.pem).push(pem.to_vec());
        self.built = Arc::default();
    }

    /// # Errors
    /// A PEM that is none, a file of `POLYCORD_CA_FILE` that cannot be read, and, if the gateway
    /// is to prove who it is, nobody to trust.
    pub(crate) fn build(&self, is_needed: bool) -> Result<Arc<ClientConfig>, Error> {
        let trust = self.trust()?;
        if is_needed && trust.is_empty {
            return Err(nobody());
        }
        Ok(trust.config)
    }

    fn trust(&self) -> Result<Trust, Error> {
        if let Some(built) = self.built.get() {
            return Ok(built.clone());
        }
        let file = env::var_os(CA_FILE)
            .filter(|path| !path.is_empty())
            .map(PathBuf::from);
        let trust = if self.pem.is_empty() && file.is_none() {
            default_trust()?
        } else {
            self.trust_with(file)?
        };
        Ok(self.built.get_or_init(|| trust).clone())
    }

    fn trust_with(&self, file: Option<PathBuf>) -> Result<Trust, Error> {
        let mut roots = RootCertStore::empty();
        #[cfg(feature = "webpki-roots")]
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        #[cfg(feature = "native-roots")]
        add_native(&mut roots);
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
        let is_empty = roots.is_empty();
        // The provider is named here: two of them in one dependency tree, or none, would
        // otherwise be a panic at the first connection.
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| Error::tls("ring offers no TLS version", error))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Trust {
            config: Arc::new(config),
            is_empty,
        })
    }
}

fn default_trust() -> Result<Trust, Error> {
    static DEFAULT: RwLock<Option<Trust>> = RwLock::new(None);
    if let Some(trust) = DEFAULT
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .as_ref()
    {
        return Ok(trust.clone());
    }
    let trust = Tls::default().trust_with(None)?;
    *DEFAULT.write().unwrap_or_else(PoisonError::into_inner) = Some(trust.clone());
    Ok(trust)
}

/// Adds the authorities that the operating system trusts. What it has and cannot read is no error
/// as long as somebody is left to trust.
#[cfg(feature = "native-roots")]
fn add_native(roots: &mut RootCertStore) {
    let found = rustls_native_certs::load_native_certs();
    for error in &found.errors {
        debug!(event = "native_roots", "the system's certificates: {error}");
    }
    let (added, ignored) = roots.add_parsable_certificates(found.certs);
    debug!(
        event = "native_roots",
        added, ignored, "the system's certificates were read"
    );
}

fn nobody() -> Error {
    let features = match (
        cfg!(feature = "webpki-roots"),
        cfg!(feature = "native-roots"),
    ) {
        (_, true) => "install the system's `ca-certificates`, or enable the feature `webpki-roots`",
        _ => "enable the feature `webpki-roots` or `native-roots`",
    };
    Error::bad_certificate(
        format!(
            "there is no certificate authority to trust, so that no `wss://` connection can \
             succeed: {features} of polycord-gateway, or give your own as `root_certificates` or \
             {CA_FILE}"
        ),
        None,
    )
}

/// Says what to do about a handshake that failed.
pub(crate) fn explain(error: &io::Error) -> io::Error {
    let advice = match error.get_ref().and_then(|inner| inner.downcast_ref()) {
        Some(TlsError::InvalidCertificate(problem)) => match problem {
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => {
                "the certificate is not valid at this time: check this machine's clock".to_owned()
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "the certificate is another host's: check the gateway's address".to_owned()
            }
            _ => format!(
                "the certificate is not trusted: if it is of your own authority, name that in \
                 {CA_FILE} or `root_certificates`"
            ),
        },
        None if error.kind() == io::ErrorKind::UnexpectedEof => {
            "the server broke the TLS handshake off".to_owned()
        }
        _ => "the TLS handshake failed".to_owned(),
    };
    io::Error::new(error.kind(), format!("{advice}; {error}"))
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
        let error = tls.build(false).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Certificate);
        assert!(error.to_string().contains("BEGIN CERTIFICATE"), "{error}");
    }

    #[test]
    fn a_pem_with_garbage_inside_is_a_typed_error() {
        let mut tls = Tls::default();
        tls.add(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assert_eq!(tls.build(false).unwrap_err().kind(), ErrorKind::Certificate);
    }

    #[test]
    fn t03_the_default_builds_without_a_process_wide_crypto_provider() {
        assert!(Tls::default().trust_with(None).is_ok());
    }

    #[test]
    fn nobody_to_trust_is_a_typed_error_where_somebody_is_needed() {
        let nobody = Trust {
            is_empty: true,
            ..Tls::default().trust_with(None).unwrap()
        };
        let tls = Tls {
            built: Arc::new(nobody.into()),
            ..Tls::default()
        };
        assert!(tls.build(false).is_ok());
        let error = tls.build(true).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Certificate);
        let text = error.to_string();
        assert!(
            text.contains("webpki-roots") && text.contains(CA_FILE),
            "{text}"
        );
    }

    #[test]
    fn the_features_say_who_is_trusted_by_default() {
        let trusts = |tls: &Tls| !tls.trust_with(None).unwrap().is_empty;
        let mut tls = Tls::default();
        if cfg!(feature = "webpki-roots") {
            assert!(trusts(&tls));
        }
        if cfg!(not(any(feature = "webpki-roots", feature = "native-roots"))) {
            assert!(!trusts(&tls));
        }
        let own = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        tls.add(own.cert.pem().as_bytes());
        assert!(trusts(&tls));
    }

    #[test]
    fn what_fails_in_a_handshake_says_what_to_do() {
        let text = |inner: TlsError| {
            explain(&io::Error::new(io::ErrorKind::InvalidData, inner)).to_string()
        };
        for (problem, clue) in [
            (CertificateError::UnknownIssuer, CA_FILE),
            (CertificateError::BadEncoding, CA_FILE),
            (CertificateError::Expired, "clock"),
            (CertificateError::NotValidYet, "clock"),
            (CertificateError::NotValidForName, "address"),
        ] {
            let text = text(problem.into());
            assert!(text.contains(clue), "{text}");
        }
        let text = text(TlsError::HandshakeNotComplete);
        assert!(text.starts_with("the TLS handshake failed"), "{text}");
        let cut = explain(&io::ErrorKind::UnexpectedEof.into());
        assert_eq!(cut.kind(), io::ErrorKind::UnexpectedEof);
        assert!(cut.to_string().contains("broke"), "{cut}");
    }

    #[test]
    fn clones_share_one_root_store() {
        let tls = Tls::default();
        let clone = tls.clone();
        let (one, other) = (tls.build(false).unwrap(), clone.build(false).unwrap());
        assert!(Arc::ptr_eq(&one, &other));
    }
}
