package vn.sotay.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldKeysTest {

    private static final String FIELD = "member.phone";
    private static final String ID = "0193a1b2-0000-7000-8000-000000000001";
    private static final String PHONE = "0905123456";

    @TempDir
    Path folder;

    private Path file;
    private FieldKeys keys;
    private Map<Integer, String> known;

    @BeforeEach
    void open() throws KeyException {
        file = folder.resolve("keys/fields");
        keys = new FieldKeys(file);
        known = keys.open(Map.of());
    }

    private FieldKeys again() throws KeyException {
        FieldKeys again = new FieldKeys(file);
        again.open(known);
        return again;
    }

    @Test
    void theFileIsItsOwnersAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", PHONE, "Đỗ Thị Hoà", "\uD83D\uDCDE"})
    void opensWhatWasSealed(String plain) throws KeyException {
        String sealed = keys.seal(FIELD, ID, plain);

        assertThat(sealed).matches("k1\\.[A-Za-z0-9_-]+").satisfies(text -> assertThat(FieldKeys.isSealed(text))
                .isTrue());
        assertThat(again().open(FIELD, ID, sealed)).isEqualTo(plain);
        assertThat(keys.seal(FIELD, ID, plain)).isNotEqualTo(sealed);
    }

    /** Else the few reasons that there are could be told apart by it. */
    @Test
    void tellsTheLengthInStepsOfSixteenBytes() {
        for (String plain : List.of("STUDY", "AT_SEA", "ILLNESS", "DUTY_TRIP", "\"DUTY_TRIP\"", "x".repeat(16))) {
            assertThat(keys.seal(FIELD, ID, plain))
                    .as(plain)
                    .hasSameSizeAs(keys.seal(FIELD, ID, "OTHER"))
                    .hasSameSizeAs(keys.sealAlike(FIELD, ID, "OTHER"));
            assertThat(keys.open(FIELD, ID, keys.sealAlike(FIELD, ID, plain))).isEqualTo(plain);
        }
        assertThat(keys.seal(FIELD, ID, "x".repeat(17))).hasSizeGreaterThan(70);
    }

    /** As versions before have sealed it. */
    @Test
    void opensWhatWasSealedWithItsLength() {
        byte[] bytes = keys.seal(FIELD, ID, PHONE.getBytes(StandardCharsets.UTF_8));
        String sealed = "k1."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(bytes, 8, bytes.length));
        assertThat(keys.open(FIELD, ID, sealed)).isEqualTo(PHONE);
        assertThat(keys.seal(FIELD, ID, PHONE)).hasSizeGreaterThan(sealed.length());
    }

    @Test
    void sealsAlikeForOnePlaceAlone() {
        String sealed = keys.sealAlike(FIELD, ID, PHONE);

        assertThat(keys.sealAlike(FIELD, ID, PHONE)).isEqualTo(sealed);
        assertThat(keys.open(FIELD, ID, sealed)).isEqualTo(PHONE);
        assertThat(keys.sealAlike(FIELD, "another", PHONE)).isNotEqualTo(sealed);
        assertThat(keys.sealAlike("member.income", ID, PHONE)).isNotEqualTo(sealed);
        assertThat(keys.sealAlike(FIELD, ID, "0905123457").substring(0, 19)).isNotEqualTo(sealed.substring(0, 19));
    }

    @Test
    void opensItInItsOwnPlaceAlone() {
        String sealed = keys.seal(FIELD, ID, PHONE);

        assertThatThrownBy(() -> keys.open(FIELD, "0193a1b2-0000-7000-8000-000000000002", sealed))
                .isInstanceOf(SealException.class)
                .hasMessageContaining(FIELD);
        assertThatThrownBy(() -> keys.open("member.income", ID, sealed)).isInstanceOf(SealException.class);
    }

    @Test
    void refusesWhateverWasChanged() {
        String sealed = keys.seal(FIELD, ID, PHONE);
        // the last character has bits that mean nothing
        for (int at = 0; at < sealed.length() - 1; at++) {
            char[] changed = sealed.toCharArray();
            changed[at] = changed[at] == 'B' ? 'R' : 'B';
            assertThatThrownBy(() -> keys.open(FIELD, ID, new String(changed)))
                    .as("character %d", at)
                    .isInstanceOf(SealException.class)
                    .hasMessageNotContaining(PHONE);
        }
        for (String none :
                List.of("", "k1.", "k1.AAAA", "k.AAAA", PHONE, "k2." + sealed.substring(3), sealed + "AAAA")) {
            assertThatThrownBy(() -> keys.open(FIELD, ID, none)).as(none).isInstanceOf(SealException.class);
        }
    }

    @Test
    void sealsBytes() {
        byte[] plain = "PK\3\4 danh sách 0905123456".getBytes(StandardCharsets.UTF_8);
        byte[] sealed = keys.seal("roster", ID, plain);
        byte[] changed = sealed.clone();
        changed[sealed.length - 1] ^= 1;

        assertThat(FieldKeys.isSealed(sealed)).isTrue();
        assertThat(FieldKeys.isSealed(plain)).isFalse();
        assertThat(keys.isNewest(sealed)).isTrue();
        assertThat(keys.open("roster", ID, sealed)).isEqualTo(plain);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("0905123456");
        assertThatThrownBy(() -> keys.open("roster", ID, changed)).isInstanceOf(SealException.class);
        assertThatThrownBy(() -> keys.open("roster", "x", sealed)).isInstanceOf(SealException.class);
    }

    @Test
    void findsByTheValueAndTheField() throws KeyException {
        String hash = keys.find(FIELD, PHONE);

        assertThat(hash).hasSizeLessThanOrEqualTo(64).doesNotContain(PHONE);
        assertThat(again().find(FIELD, PHONE)).isEqualTo(hash);
        assertThat(keys.find(FIELD, "0905123457")).isNotEqualTo(hash);
        assertThat(keys.find("member.income", PHONE)).isNotEqualTo(hash);
        assertThat(keys.finds(FIELD, PHONE)).containsExactly(hash);
    }

    @Test
    void anotherKeySealsFromNowOnAndTheOneBeforeStillOpens() throws KeyException {
        String before = keys.seal(FIELD, ID, PHONE);
        String found = keys.find(FIELD, PHONE);

        known = keys.add();
        String after = keys.seal(FIELD, ID, PHONE);

        assertThat(known).containsOnlyKeys(1, 2);
        assertThat(after).startsWith(keys.newestMark()).startsWith("k2.");
        for (FieldKeys each : List.of(keys, again())) {
            assertThat(each.open(FIELD, ID, before)).isEqualTo(PHONE);
            assertThat(each.open(FIELD, ID, after)).isEqualTo(PHONE);
            assertThat(each.finds(FIELD, PHONE)).hasSize(2).contains(found);
            assertThat(each.numbers()).containsExactly(1, 2);
        }
    }

    @Test
    void aDroppedKeyOpensWhatWasReadBefore() throws KeyException {
        String before = keys.seal(FIELD, ID, PHONE);
        known = keys.add();
        String after = keys.seal(FIELD, ID, PHONE);
        keys.dropOlder();
        known.remove(1);

        assertThat(keys.open(FIELD, ID, before)).isEqualTo(PHONE);
        assertThat(keys.finds(FIELD, PHONE)).hasSize(1);
        FieldKeys again = again();
        assertThat(again.numbers()).containsExactly(2);
        assertThat(again.open(FIELD, ID, after)).isEqualTo(PHONE);
        assertThatThrownBy(() -> again.open(FIELD, ID, before)).isInstanceOf(SealException.class);
    }

    @Test
    void startsNotWithoutTheFileOfTheDatabase() throws Exception {
        Path other = folder.resolve("other");
        Map<Integer, String> ofOther = new FieldKeys(other).open(Map.of());

        assertThatThrownBy(() -> new FieldKeys(folder.resolve("none")).open(known))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("is missing");
        assertThat(folder.resolve("none")).doesNotExist();
        assertThatThrownBy(() -> new FieldKeys(file).open(ofOther))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("is not the one of this database");
        assertThatThrownBy(() -> new FieldKeys(file).open(Map.of(1, known.get(1), 2, "x")))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("lacks the key 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "1 AAAA AAAA\n", "x\n", "1 !!!! ????\n"})
    void namesTheLineOfABrokenFileAndShowsNothingOfIt(String content) throws IOException {
        Files.writeString(file, content);

        assertThatThrownBy(() -> new FieldKeys(file).open(Map.of()))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("put it back from its backup")
                .hasMessageNotContaining("????");
    }
}
