package vn.sotay.platform.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;
import vn.sotay.platform.secrets.Secrets;

/**
 * Key and certificates of the server as they lie on the disk: a PKCS#12 file, or two of PEM as certificate authorities and their
 * programs write them. Reading them checks that they belong together. Whatever is wrong is one line for the operator, as the message of an
 * {@link IOException}. Immutable.
 */
final class TlsFiles {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final List<String> KEY_KINDS = List.of("RSA", "EC", "EdDSA");
    private static final String ALIAS = "sotay";
    private static final int MOST_BYTES = 1024 * 1024;

    /**
     * What was read.
     *
     * @param password of the key within the store
     */
    record Read(KeyStore keys, String password, X509Certificate certificate) {}

    private final @Nullable Path keystore;
    private final Path certificate;
    private final Path key;
    private final HttpConfig config;

    private TlsFiles(HttpConfig config) {
        this.config = config;
        this.keystore = config.keystore().isEmpty() ? null : Path.of(config.keystore());
        this.certificate = Path.of(config.certificate());
        this.key = Path.of(config.key().isEmpty() ? config.certificate() : config.key());
    }

    /** Those of the settings; null if these say nothing of any. */
    static @Nullable TlsFiles of(HttpConfig config) throws IOException {
        if (config.keystore().isEmpty() && config.certificate().isEmpty()) {
            if (!config.key().isEmpty()) {
                throw new IOException("http.key needs its certificate: name it as http.certificate");
            }
            return null;
        }
        if (!config.keystore().isEmpty() && !config.certificate().isEmpty()) {
            throw new IOException("http.keystore and http.certificate are both set: leave one of them out");
        }
        return new TlsFiles(config);
    }

    /** The files that make a difference. */
    List<Path> paths() {
        return keystore != null
                ? List.of(keystore)
                : key.equals(certificate) ? List.of(key) : List.of(certificate, key);
    }

    /** The one that nobody else may read. */
    Path secret() {
        return keystore == null ? key : keystore;
    }

    Read read() throws IOException {
        return keystore == null ? pem() : pkcs12(keystore);
    }

    // ---- PKCS#12

    private Read pkcs12(Path file) throws IOException {
        String password = Secrets.find(
                "http.keystorePassword",
                System.getenv("SOTAY_KEYSTORE_PASSWORD"),
                config.keystorePasswordFile(),
                config.keystorePassword());
        byte[] bytes = bytes(file);
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(bytes), password.toCharArray());
            for (String alias : Collections.list(keys.aliases())) {
                if (keys.getKey(alias, password.toCharArray()) instanceof PrivateKey found
                        && keys.getCertificate(alias) instanceof X509Certificate first) {
                    requirePair(found, first, file, file);
                    return new Read(keys, password, first);
                }
            }
            throw new IOException(file + " holds no key with its certificate");
        } catch (GeneralSecurityException | IOException e) {
            if (e.getMessage() != null && e.getMessage().startsWith(file.toString())) {
                throw new IOException(e.getMessage(), e);
            }
            throw new IOException(file + " is no PKCS#12 file, or its password is another", e);
        }
    }

    // ---- PEM

    private Read pem() throws IOException {
        List<X509Certificate> chain = chain();
        PrivateKey privateKey = privateKey();
        requirePair(privateKey, chain.get(0), certificate, key);
        String password = "in memory alone";
        try {
            for (int i = 1; i < chain.size(); i++) {
                chain.get(i - 1).verify(chain.get(i).getPublicKey());
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry(ALIAS, privateKey, password.toCharArray(), chain.toArray(Certificate[]::new));
            return new Read(keys, password, chain.get(0));
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    certificate + " holds no chain: first the server's own certificate, then each that signed the one"
                            + " before",
                    e);
        }
    }

    private List<X509Certificate> chain() throws IOException {
        // what stands beside the certificates, as a key or a text, is left aside
        StringBuilder certificates = new StringBuilder();
        Matcher parts = PEM.matcher(text(certificate));
        while (parts.find()) {
            if (parts.group(1).endsWith("CERTIFICATE")) {
                certificates.append(parts.group()).append('\n');
            }
        }
        if (certificates.length() == 0) {
            throw new IOException(certificate + " holds no certificate in PEM");
        }
        try (InputStream in = new ByteArrayInputStream(certificates.toString().getBytes(StandardCharsets.US_ASCII))) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IOException(certificate + " holds a certificate that cannot be read", e);
        }
    }

    private PrivateKey privateKey() throws IOException {
        Matcher parts = PEM.matcher(text(key));
        while (parts.find()) {
            String kind = parts.group(1);
            if (kind.endsWith("PRIVATE KEY")) {
                byte[] encoded;
                try {
                    encoded = Base64.getMimeDecoder().decode(parts.group(2));
                } catch (IllegalArgumentException e) {
                    throw new IOException(key + " holds a key that cannot be read", e);
                }
                return switch (kind) {
                    case "PRIVATE KEY" -> plain(new PKCS8EncodedKeySpec(encoded));
                    case "ENCRYPTED PRIVATE KEY" -> plain(decrypted(encoded));
                    default ->
                        throw new IOException(key + " holds its key in an older form (" + kind
                                + "): openssl pkcs8 -topk8 -nodes -in old.pem -out key.pem");
                };
            }
        }
        throw new IOException(key + " holds no key in PEM");
    }

    private PKCS8EncodedKeySpec decrypted(byte[] encoded) throws IOException {
        String password =
                Secrets.find("http.keyPassword", System.getenv("SOTAY_KEY_PASSWORD"), config.keyPasswordFile(), "");
        if (password.isEmpty()) {
            throw new IOException(key + " is encrypted: name the file of its password as http.keyPasswordFile");
        }
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encoded);
            // of PBES2 the parameters alone tell the algorithm by the name that Java knows it by
            String named = info.getAlgName();
            String algorithm = named.equals("PBES2") || named.equals("1.2.840.113549.1.5.13")
                    ? info.getAlgParameters().toString()
                    : named;
            Key secret = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray()));
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, secret, info.getAlgParameters());
            return info.getKeySpec(cipher);
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException(
                    key
                            + " cannot be decrypted: its password is another (ASCII letters alone are understood), or it is damaged",
                    e);
        }
    }

    private PrivateKey plain(PKCS8EncodedKeySpec encoded) throws IOException {
        for (String kind : KEY_KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                // it is of another kind
                continue;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java knows " + kind, e);
            }
        }
        throw new IOException(key + " holds no key of RSA, EC or EdDSA");
    }

    // ---- both

    private static void requirePair(PrivateKey key, X509Certificate certificate, Path ofCertificate, Path ofKey)
            throws IOException {
        PublicKey other = certificate.getPublicKey();
        try {
            byte[] something = "Sotay".getBytes(StandardCharsets.US_ASCII);
            Signature signature = Signature.getInstance(
                    switch (key.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> key.getAlgorithm();
                    });
            signature.initSign(key);
            signature.update(something);
            byte[] signed = signature.sign();
            signature.initVerify(other);
            signature.update(something);
            if (signature.verify(signed)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(another(ofCertificate, ofKey), e);
        }
        throw new IOException(another(ofCertificate, ofKey));
    }

    private static String another(Path ofCertificate, Path ofKey) {
        return ofKey + " holds another key than that of the first certificate in " + ofCertificate;
    }

    private static String text(Path file) throws IOException {
        return new String(bytes(file), StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(Path file) throws IOException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException(file + " is too large for a key or certificates");
            }
            return Files.readAllBytes(file);
        } catch (java.nio.file.FileSystemException e) {
            throw new IOException(file + " cannot be read: correct the path, or give this user the right to", e);
        }
    }
}
