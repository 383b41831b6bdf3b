//! TLS with an authority made for one run.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, KeyUsagePurpose};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::error::{Error, ErrorKind};

/// An acceptor for `127.0.0.1` and `localhost`, and the authority to trust, as PEM.
pub(crate) fn authority() -> Result<(TlsAcceptor, String), Error> {
    let failed = |error: rcgen::Error| Error::new(ErrorKind::Certificate, error);
    let mut params = CertificateParams::new(Vec::new()).map_err(failed)?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![
        KeyUsagePurpose::KeyCertSign,
        KeyUsagePurpose::DigitalSignature,
    ];
    let key = KeyPair::generate().map_err(failed)?;
    let authority = CertifiedIssuer::self_signed(params, key).map_err(failed)?;

    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let leaf_key = KeyPair::generate().map_err(failed)?;
    let leaf = CertificateParams::new(names)
        .and_then(|params| params.signed_by(&leaf_key, &authority))
        .map_err(failed)?;

    let failed = |error| Error::new(ErrorKind::Certificate, error);
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(leaf_key.serialize_der()));
    // Named, because the process may have no default provider, or two to choose from.
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(failed)?
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], key)
        .map_err(failed)?;
    Ok((TlsAcceptor::from(Arc::new(config)), authority.pem()))
}
