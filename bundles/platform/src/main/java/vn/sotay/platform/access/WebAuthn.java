package vn.sotay.platform.access;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.data.extension.authenticator.RegistrationExtensionAuthenticatorOutput;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.VerificationException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether what a passkey has signed holds: challenge, origin, host, presence and verification of its owner, counter, signature. The
 * only class that knows the library, so that the library is loaded when the first passkey comes. Thread-safe.
 */
final class WebAuthn {

    private static final Logger LOG = LoggerFactory.getLogger(WebAuthn.class);

    /** Numbers of the algorithms that are taken, the preferred first: ES256, EdDSA, RS256. */
    static final List<Long> ALGORITHMS = List.of(-7L, -8L, -257L);

    private static final ObjectConverter CONVERTER = new ObjectConverter();
    private static final AttestedCredentialDataConverter CREDENTIALS = new AttestedCredentialDataConverter(CONVERTER);
    /** Who has made the device is nobody's business here, so attestations are not looked at. */
    private static final WebAuthnManager MANAGER = WebAuthnManager.createNonStrictWebAuthnManager(CONVERTER);

    private static final List<PublicKeyCredentialParameters> PARAMETERS = ALGORITHMS.stream()
            .map(number -> new PublicKeyCredentialParameters(
                    PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(number)))
            .toList();

    /**
     * A passkey that was made.
     *
     * @param id that its device gave it
     * @param credential all that is to be kept of it, in Base64
     */
    record Made(byte[] id, String credential, boolean synced, long count) {}

    private WebAuthn() {}

    /**
     * Looks at a new passkey.
     *
     * @throws PasskeyException if anything does not hold
     */
    static Made made(PasskeySite site, byte[] challenge, byte[] clientData, byte[] attestation)
            throws PasskeyException {
        try {
            var data = MANAGER.verify(
                    new RegistrationRequest(attestation, clientData),
                    new RegistrationParameters(server(site, challenge), PARAMETERS, true, true));
            AuthenticatorData<RegistrationExtensionAuthenticatorOutput> told =
                    Objects.requireNonNull(data.getAttestationObject()).getAuthenticatorData();
            AttestedCredentialData credential = Objects.requireNonNull(told.getAttestedCredentialData());
            return new Made(
                    credential.getCredentialId(),
                    Base64.getEncoder().encodeToString(CREDENTIALS.convert(credential)),
                    told.isFlagBE(),
                    told.getSignCount());
        } catch (VerificationException | DataConversionException | IllegalArgumentException | NullPointerException e) {
            throw refused(e);
        }
    }

    /**
     * Looks at what a passkey has signed.
     *
     * @return its counter, zero if it has none
     * @throws PasskeyException if anything does not hold, and if the counter has not gone on: then there are two of it
     */
    static long signed(PasskeySite site, byte[] challenge, PasskeyRows.Row known, PasskeyEndpoints.Signed given)
            throws PasskeyException {
        try {
            AttestedCredentialData credential =
                    CREDENTIALS.convert(Base64.getDecoder().decode(known.credential()));
            var record = new CredentialRecordImpl(
                    null, null, known.synced(), null, known.count(), credential, null, null, null, null);
            var data = MANAGER.verify(
                    new AuthenticationRequest(
                            PasskeyEndpoints.bytes(given.credential()),
                            PasskeyEndpoints.bytes(given.authenticatorData()),
                            PasskeyEndpoints.bytes(given.clientData()),
                            PasskeyEndpoints.bytes(given.signature())),
                    new AuthenticationParameters(
                            server(site, challenge), record, List.of(credential.getCredentialId()), true, true));
            return Objects.requireNonNull(data.getAuthenticatorData()).getSignCount();
        } catch (VerificationException | DataConversionException | IllegalArgumentException | NullPointerException e) {
            throw refused(e);
        }
    }

    /** What the device has named a passkey, of what is kept of it. */
    static byte[] id(String credential) {
        return CREDENTIALS.extractCredentialId(Base64.getDecoder().decode(credential));
    }

    private static PasskeyException refused(RuntimeException why) {
        LOG.debug("a passkey was refused", why);
        return new PasskeyException(why.getClass().getSimpleName(), why);
    }

    private static ServerProperty server(PasskeySite site, byte[] challenge) {
        return ServerProperty.builder()
                .origins(site.origins().stream().map(Origin::new).collect(Collectors.toSet()))
                .rpId(site.id())
                .challenge(new DefaultChallenge(challenge))
                .build();
    }
}
