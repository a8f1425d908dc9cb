package vn.sotay.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.sotay.testkit.SelfSigned;

class TlsFilesTest {

    @TempDir
    static Path folder;

    private static SelfSigned one;
    private static SelfSigned other;

    @BeforeAll
    static void make() throws IOException {
        one = SelfSigned.make(folder.resolve("one.p12"), "EC");
        other = SelfSigned.make(folder.resolve("other.p12"), "EC");
        write("cert.pem", one.certificatePem());
        write("key.pem", one.keyPem());
        write("encrypted.pem", one.keyPem("bi-mat-2026"));
        write("other.pem", other.keyPem());
        write("both.pem", "some words\n" + one.certificatePem() + one.keyPem());
        write("noise.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
        write("no-chain.pem", one.certificatePem() + other.certificatePem());
        write("empty.pem", "");
        write("old.pem", "-----BEGIN RSA PRIVATE KEY-----\nDEK-Info: AES\nMIIB\n-----END RSA PRIVATE KEY-----\n");
        write("password", "bi-mat-2026\n");
        write("wrong", "wrong\n");
        write("keystore-password", one.password() + "\r\nmore\n");
    }

    private static void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    /** Settings, by their names; files lie in the folder. */
    private static TlsFiles.Read read(String settings) throws IOException {
        Map<String, String> all = new java.util.HashMap<>();
        for (String pair : settings.split(" ")) {
            String[] parts = pair.split("=");
            all.put(
                    parts[0],
                    parts[0].equals("keystorePassword")
                            ? parts[1]
                            : folder.resolve(parts[1]).toString());
        }
        HttpConfig config = (HttpConfig) Proxy.newProxyInstance(
                HttpConfig.class.getClassLoader(),
                new Class<?>[] {HttpConfig.class},
                (proxy, method, arguments) -> all.getOrDefault(method.getName(), (String) method.getDefaultValue()));
        return Objects.requireNonNull(TlsFiles.of(config)).read();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "certificate=cert.pem key=key.pem",
                "certificate=both.pem",
                "certificate=cert.pem key=encrypted.pem keyPasswordFile=password",
                "keystore=one.p12 keystorePassword=mat-khau-khoa",
                "keystore=one.p12 keystorePasswordFile=keystore-password",
            })
    void readsWhatOperatorsHave(String settings) throws IOException {
        assertThat(read(settings).certificate()).isEqualTo(one.certificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "Ed25519"})
    void readsKeysOfEachKind(String algorithm) throws IOException {
        SelfSigned made = SelfSigned.make(folder.resolve(algorithm + ".p12"), algorithm);
        write(algorithm + ".pem", made.keyPem() + made.certificatePem());

        assertThat(read("certificate=" + algorithm + ".pem").certificate()).isEqualTo(made.certificate());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "certificate=cert.pem key=other.pem     | other.pem holds another key than that of the first",
                "certificate=missing.pem key=key.pem    | missing.pem cannot be read",
                "certificate=cert.pem key=missing.pem   | missing.pem cannot be read",
                "certificate=cert.pem                   | cert.pem holds no key in PEM",
                "certificate=key.pem key=key.pem        | key.pem holds no certificate in PEM",
                "certificate=empty.pem key=key.pem      | empty.pem holds no certificate in PEM",
                "certificate=noise.pem key=key.pem      | noise.pem holds a certificate that cannot be read",
                "certificate=no-chain.pem key=key.pem   | no-chain.pem holds no chain: first the server's own",
                "certificate=cert.pem key=old.pem       | old.pem holds its key in an older form (RSA PRIVATE KEY): openssl",
                "certificate=cert.pem key=encrypted.pem | encrypted.pem is encrypted: name the file of its password",
                "certificate=cert.pem key=encrypted.pem keyPasswordFile=wrong | encrypted.pem cannot be decrypted",
                "certificate=cert.pem key=encrypted.pem keyPasswordFile=none  | none cannot be read",
                "certificate=cert.pem keystore=one.p12  | http.keystore and http.certificate are both set",
                "key=key.pem                            | http.key needs its certificate",
                "keystore=cert.pem keystorePassword=x   | cert.pem is no PKCS#12 file, or its password is another",
                "keystore=one.p12 keystorePassword=x    | one.p12 is no PKCS#12 file, or its password is another",
            })
    void saysWhatIsWrong(String settings, String line) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(settings))
                .withMessageContaining(line)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("bi-mat-2026", "\n"));
    }

    @Test
    void noSettingsMeanNoTls() throws IOException {
        HttpConfig none = (HttpConfig) Proxy.newProxyInstance(
                HttpConfig.class.getClassLoader(),
                new Class<?>[] {HttpConfig.class},
                (proxy, method, arguments) -> method.getDefaultValue());

        assertThat(TlsFiles.of(none)).isNull();
    }
}
