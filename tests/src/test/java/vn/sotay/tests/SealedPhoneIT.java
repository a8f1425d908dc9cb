package vn.sotay.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import vn.sotay.testkit.Client;
import vn.sotay.testkit.Sotay;

/** Phones are shown to those whom they concern, and stand nowhere in the database, its files and the log. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SealedPhoneIT {

    /** As it is kept, and as people write it. */
    private static final List<String> FORMS = List.of("%s%s%s", "%s %s %s", "%s.%s.%s", "%s-%s-%s");

    private static final String[][] NUMBERS = {{"0905", "718", "281"}, {"0912", "314", "159"}, {"0977", "161", "803"}};

    private static Sotay.Settings settings;
    private static Sotay sotay;
    private static List<JsonNode> members;

    @BeforeAll
    static void start() {
        settings = Sotay.fresh();
        sotay = Sotay.start(settings);
        members = new ArrayList<>();
        sotay.as("secretary")
                .get("/api/members?limit=" + NUMBERS.length)
                .expect(200)
                .json()
                .path("items")
                .forEach(members::add);
        for (int i = 0; i < NUMBERS.length; i++) {
            Map<String, Object> body = new HashMap<>();
            members.get(i).properties().forEach(field -> body.put(field.getKey(), field.getValue()));
            body.put("phone", "+84 " + written(i, "%s %s %s").substring(1));
            sotay.as("officer").put(path(i), body).expect(200);
        }
    }

    @AfterAll
    static void stop() {
        sotay.close();
    }

    private static String written(int number, String form) {
        return form.formatted((Object[]) NUMBERS[number]);
    }

    private static String kept(int number) {
        return written(number, FORMS.get(0));
    }

    private static String path(int number) {
        return "/api/members/" + members.get(number).path("id").asText();
    }

    private static List<String> found(Client client, String typed) {
        List<String> names = new ArrayList<>();
        client.get("/api/members?q=" + java.net.URLEncoder.encode(typed, StandardCharsets.UTF_8))
                .expect(200)
                .json()
                .path("items")
                .forEach(one -> names.add(one.path("id").asText()));
        return names;
    }

    @Test
    @Order(1)
    void isShownToThoseWhomItConcerns() {
        Client secretary = sotay.as("secretary");
        assertThat(secretary.get(path(0)).expect(200).json().path("phone").asText())
                .isEqualTo(kept(0));
        assertThat(secretary
                        .get("/api/members?limit=" + NUMBERS.length)
                        .expect(200)
                        .json()
                        .path("items"))
                .extracting(one -> one.path("phone").asText())
                .containsExactly(kept(0), kept(1), kept(2));
        assertThat(fed(secretary)).contains('"' + kept(0) + '"', '"' + kept(2) + '"');
        assertThat(fed(sotay.as("secretary2"))).doesNotContain(kept(0));
        sotay.as("secretary2").get(path(0)).expect(404);
    }

    private static String fed(Client client) {
        StringBuilder fed = new StringBuilder();
        String since = "";
        JsonNode page;
        do {
            page = client.get("/api/changes" + since).expect(200).json();
            fed.append(page);
            since = "?since=" + page.path("token").asText();
        } while (!page.path("complete").asBoolean());
        return fed.toString();
    }

    @Test
    @Order(2)
    void isFoundByTheWholeNumberAlone() {
        String first = members.get(0).path("id").asText();
        for (String form : FORMS) {
            assertThat(found(sotay.as("officer"), written(0, form))).as(form).containsExactly(first);
        }
        assertThat(found(sotay.as("officer"), "+84" + kept(0).substring(1))).containsExactly(first);
        assertThat(found(sotay.as("secretary"), kept(0))).containsExactly(first);
        assertThat(found(sotay.as("officer"), kept(0).substring(0, 9))).isEmpty();
        assertThat(found(sotay.as("secretary2"), kept(0))).isEmpty();
    }

    @Test
    @Order(3)
    void standsNowhereInTheClear() throws IOException {
        // what is in memory and in the log so far, and once more when all of it has been written
        assertNowhere();
        assertThat(sotay.stop()).isEqualTo(143);
        assertNowhere();
        sotay.startAgain();
    }

    private static void assertNowhere() throws IOException {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < NUMBERS.length; i++) {
            for (String form : FORMS) {
                all.add(written(i, form));
                all.add(written(i, form).substring(1));
            }
        }
        assertNowhere(sotay, settings, all);
    }

    /** Neither in the database, nor in any file of the data directory, nor in the log; texts of ASCII letters. */
    static void assertNowhere(Sotay sotay, Sotay.Settings settings, List<String> all) throws IOException {
        assertThat(all.stream().filter(text -> sotay.output().contains(text)))
                .as("in the log")
                .isEmpty();
        for (String text : all) {
            assertThat(sotay.isInDatabase(text)).as(text).isFalse();
        }
        Files.walkFileTree(settings.data(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                    assertThat(all.stream().filter(content::contains))
                            .as(file.toString())
                            .isEmpty();
                    return FileVisitResult.CONTINUE;
                } catch (NoSuchFileException e) {
                    return visitFileFailed(file, e);
                }
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    // the search index has put its files together meanwhile; what is in the new ones is seen after the
                    // stop
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }

    @Test
    @Order(4)
    void startsWithItsKeyFileAlone() throws IOException {
        Path file = settings.data().resolve("keys/fields");
        Path away = settings.data().resolveSibling("fields");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        sotay.stop();
        Files.move(file, away);
        Sotay without = Sotay.startAndExit(settings);
        assertThat(without.output()).contains("Sotay cannot start: the key file " + file + " is missing");
        assertThat(file).doesNotExist();

        Files.writeString(file, "1 " + "A".repeat(43) + "= " + "B".repeat(43) + "=\n");
        Sotay other = Sotay.startAndExit(settings);
        assertThat(other.output()).contains("is not the one of this database");

        Files.move(away, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        sotay.startAgain();
        assertThat(sotay.as("secretary")
                        .get(path(1))
                        .expect(200)
                        .json()
                        .path("phone")
                        .asText())
                .isEqualTo(kept(1));
    }
}
