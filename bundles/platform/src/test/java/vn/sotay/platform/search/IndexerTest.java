package vn.sotay.platform.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.sotay.api.access.Audience;
import vn.sotay.api.change.ChangeType;
import vn.sotay.api.http.ProblemException;
import vn.sotay.api.search.SearchDocument;
import vn.sotay.api.search.SearchSource;
import vn.sotay.platform.store.TestStore;
import vn.sotay.testkit.Database;

/** The index follows the feed, across restarts, another edition, and whatever happens to its folder. */
@Timeout(120)
class IndexerTest {

    record Note(String text) {}

    private static final ChangeType<Note> NOTE = new ChangeType<>("note", Note.class);
    private static final Audience MEMBERS = Audience.members(UUID.randomUUID());
    private static final Audience LEADERS = Audience.leaders(UUID.randomUUID());

    private record Notes(int edition, String prefix) implements SearchSource<Note> {

        @Override
        public ChangeType<Note> type() {
            return NOTE;
        }

        @Override
        public List<SearchDocument> documents(UUID id, Note note) {
            return List.of(SearchDocument.of(prefix + note.text(), "/notes/" + id));
        }
    }

    @TempDir
    Path folder;

    private final Sources sources = new Sources();
    private Notes notes = new Notes(1, "");

    private Indexer start(TestStore opened) {
        Indexer indexer = new Indexer(opened.engine(), opened.store(), sources, folder, null);
        indexer.start();
        return indexer;
    }

    private static void put(TestStore opened, UUID id, long version, Map<Audience, Note> payloads) {
        opened.store().change(tx -> tx.changed(NOTE, id, version, payloads));
    }

    private static UUID put(TestStore opened, Audience audience, String text) {
        UUID id = UUID.randomUUID();
        put(opened, id, 1, Map.of(audience, new Note(text)));
        return id;
    }

    private static int count(Indexer indexer, String words, Audience... audiences) {
        Set<String> own = Stream.of(audiences).map(Audience::toString).collect(Collectors.toSet());
        return indexer.search(new Ask(words, own, Set.of("note"), Map.of(), LocalDate.EPOCH, 0, 10))
                .total();
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (ProblemException e) {
                // the search is being prepared
            }
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(10);
        }
    }

    private void deleteFolder() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder)) {
                    Files.delete(file);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatCommitsIsFoundByThoseToWhomItWasTold(Database database) throws Exception {
        try (TestStore opened = TestStore.open(database)) {
            sources.bindSource(notes);
            Indexer indexer = start(opened);
            try {
                UUID id = UUID.randomUUID();
                put(opened, id, 1, Map.of(MEMBERS, new Note("họp"), LEADERS, new Note("họp kín")));

                await("found", () -> count(indexer, "họp", MEMBERS) == 1);
                assertThat(count(indexer, "họp", LEADERS)).isEqualTo(1);
                assertThat(count(indexer, "họp", MEMBERS, LEADERS)).as("once").isEqualTo(1);
                assertThat(count(indexer, "kín", MEMBERS)).isZero();
                assertThat(count(indexer, "kín", MEMBERS, LEADERS)).isEqualTo(1);
                assertThat(count(indexer, "họp", Audience.EVERYONE)).isZero();

                put(opened, id, 2, Map.of(LEADERS, new Note("kín")));
                await("taken from the members", () -> count(indexer, "họp kín", MEMBERS) == 0);

                opened.store().change(tx -> tx.removed(NOTE, id, 3));
                await("taken away", () -> count(indexer, "kín", LEADERS) == 0);

                put(opened, Audience.member(UUID.randomUUID()), "riêng");
                put(opened, MEMBERS, "sau");
                await("what came after it", () -> count(indexer, "sau", MEMBERS) == 1);
                assertThat(folderOfOne()).isTrue();
            } finally {
                indexer.stop();
            }
        }
    }

    private boolean folderOfOne() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.count() == 1;
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void itGoesOnWhereItWas(Database database) throws Exception {
        try (TestStore opened = TestStore.open(database)) {
            sources.bindSource(notes);
            UUID gone = put(opened, MEMBERS, "một");
            Indexer first = start(opened);
            await("the first", () -> count(first, "một", MEMBERS) == 1);
            first.stop();
            Path before = only();
            put(opened, MEMBERS, "hai");
            opened.store().change(tx -> tx.removed(NOTE, gone, 2));

            Indexer second = start(opened);
            try {
                await("what came meanwhile", () -> count(second, "hai", MEMBERS) == 1);
                assertThat(count(second, "một", MEMBERS)).as("went meanwhile").isZero();
                assertThat(only()).as("the same index").isEqualTo(before);
            } finally {
                second.stop();
            }
        }
    }

    private Path only() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.reduce((one, other) -> {
                        throw new AssertionError("two of them");
                    })
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void anIndexOfAnotherDatabaseOrABrokenOneIsMadeAnew(Database database) throws Exception {
        sources.bindSource(notes);
        try (TestStore other = TestStore.open(database)) {
            put(other, MEMBERS, "khác");
            Indexer indexer = start(other);
            await("the other", () -> count(indexer, "khác", MEMBERS) == 1);
            indexer.stop();
        }
        try (TestStore opened = TestStore.open(database)) {
            put(opened, MEMBERS, "đây");
            Indexer indexer = start(opened);
            await("this", () -> count(indexer, "đây", MEMBERS) == 1);
            assertThat(count(indexer, "khác", MEMBERS)).isZero();
            indexer.stop();

            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(
                                path -> path.getFileName().toString().startsWith("segments"))
                        .toList()) {
                    Files.write(file, new byte[] {1, 2, 3});
                }
            }
            Indexer again = start(opened);
            await("made anew", () -> count(again, "đây", MEMBERS) == 1);
            again.stop();
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void oneThatIsDeletedIsMadeAnewAndAnswersMeanwhile(Database database) throws Exception {
        try (TestStore opened = TestStore.open(database)) {
            sources.bindSource(notes);
            put(opened, MEMBERS, "một");
            Indexer indexer = start(opened);
            try {
                await("the first", () -> count(indexer, "một", MEMBERS) == 1);
                deleteFolder();

                assertThat(count(indexer, "một", MEMBERS)).isEqualTo(1);
                put(opened, MEMBERS, "hai");
                await("what came after", () -> count(indexer, "hai", MEMBERS) == 1);
                assertThat(count(indexer, "một", MEMBERS)).isEqualTo(1);
                assertThat(Files.isDirectory(only())).isTrue();
            } finally {
                indexer.stop();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void anotherEditionAndASourceThatWasAwayAreReadAnew(Database database) throws Exception {
        try (TestStore opened = TestStore.open(database)) {
            sources.bindSource(notes);
            UUID id = put(opened, MEMBERS, "một");
            Indexer indexer = start(opened);
            try {
                await("the first", () -> count(indexer, "một", MEMBERS) == 1);

                sources.unbindSource(notes);
                notes = new Notes(2, "mới ");
                sources.bindSource(notes);
                await("the new edition", () -> count(indexer, "mới", MEMBERS) == 1);

                sources.unbindSource(notes);
                opened.store().change(tx -> tx.removed(NOTE, id, 2));
                put(opened, MEMBERS, "hai");
                sources.bindSource(notes);
                await("what came while it was away", () -> count(indexer, "hai", MEMBERS) == 1);
                assertThat(count(indexer, "một", MEMBERS)).isZero();
            } finally {
                indexer.stop();
            }
        }
    }

    /** Of an orderly end, which takes the modules away first, in the middle of making the index. */
    @ParameterizedTest
    @EnumSource(Database.class)
    void whatWasNotReadSinceItsSourceWentIsReadWhenItIsBack(Database database) throws Exception {
        try (TestStore opened = TestStore.open(database)) {
            put(opened, MEMBERS, "một");
            put(opened, MEMBERS, "hai");
            SearchSource<Note> goes = new SearchSource<>() {
                @Override
                public ChangeType<Note> type() {
                    return NOTE;
                }

                @Override
                public int edition() {
                    return notes.edition();
                }

                @Override
                public List<SearchDocument> documents(UUID id, Note note) {
                    sources.unbindSource(this);
                    return notes.documents(id, note);
                }
            };
            sources.bindSource(goes);
            Indexer first = start(opened);
            await("one of both", () -> count(first, "một", MEMBERS) + count(first, "hai", MEMBERS) == 1);
            first.stop();

            sources.bindSource(notes);
            Indexer second = start(opened);
            try {
                await("both", () -> count(second, "một", MEMBERS) == 1 && count(second, "hai", MEMBERS) == 1);
            } finally {
                second.stop();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void writersAtOnceLoseNothing(Database database) throws Exception {
        int writers = 4;
        int each = 50;
        try (TestStore opened = TestStore.open(database, 20)) {
            sources.bindSource(notes);
            Indexer indexer = start(opened);
            try {
                List<Thread> threads = Stream.generate(() -> new Thread(() -> {
                            for (int i = 0; i < each; i++) {
                                put(opened, MEMBERS, "ghi chú");
                            }
                        }))
                        .limit(writers)
                        .toList();
                threads.forEach(Thread::start);
                for (Thread thread : threads) {
                    thread.join();
                }

                await("all of them", () -> count(indexer, "ghi chú", MEMBERS) == writers * each);
            } finally {
                indexer.stop();
            }
        }
    }
}
