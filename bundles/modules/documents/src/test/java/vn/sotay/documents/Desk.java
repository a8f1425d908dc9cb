package vn.sotay.documents;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import vn.sotay.api.access.Audience;
import vn.sotay.api.access.Caller;
import vn.sotay.api.access.Mandate;
import vn.sotay.api.access.Permission;
import vn.sotay.api.access.Reach;
import vn.sotay.api.http.Problem;
import vn.sotay.api.rule.Rule;
import vn.sotay.api.rule.Rules;
import vn.sotay.api.store.Saved;
import vn.sotay.api.unit.Unit;
import vn.sotay.documents.DocumentRules.Step;
import vn.sotay.platform.store.TestStore;
import vn.sotay.platform.store.TestWorld;
import vn.sotay.testkit.Database;

/**
 * A small world for the tests of this module: see {@link TestWorld}; rules in memory. A province with two communes, two
 * editors of the province and two of a commune, and a member of a cell of each commune.
 */
final class Desk extends TestWorld implements Rules {

    static final OptionalLong ANY = OptionalLong.empty();

    final Unit province = unit(null, "PROVINCE", "38");
    final Unit commune = unit(province, "COMMUNE", "38.168");
    final Unit otherCommune = unit(province, "COMMUNE", "38.001");
    final Unit cell = unit(commune, "CELL", "38.168.053.000.001");
    final Unit otherCell = unit(otherCommune, "CELL", "38.001.001.000.009");

    final Person editor = new Person(province, true);
    final Person editor2 = new Person(province, true);
    final Person communeEditor = new Person(commune, true);
    final Person communeEditor2 = new Person(commune, true);
    final Person member = new Person(cell, false);
    final Person member2 = new Person(otherCell, false);

    String persons = "2";
    final TestStore database;
    final DocumentTexts texts = new DocumentTexts(this);
    final Documents documents;
    final DocumentLists lists;
    final DocumentSteps steps;
    final DocumentFiles read;

    Desk(Database kind) {
        database = open(kind, "documents");
        read = new DocumentFiles(database.store(), this, this, texts);
        lists = new DocumentLists(database.store(), this);
        steps = new DocumentSteps(database.store(), this, this, this, read);
        documents = new Documents(database.store(), this, this, read, lists, steps);
    }

    /** A draft with a file. */
    Document draft(Unit unit, String number) {
        return Document.of(
                        unit.id(), "Quy định " + number, Document.Kind.REGULATION, "Tỉnh ủy", Document.Level.PROVINCE)
                .number(number)
                .signed(LocalDate.of(2026, 1, 2))
                .topics(List.of("Thủy sản"))
                .files(List.of(new Document.Paper(file(number), "quy-dinh.txt", null, null)))
                .build();
    }

    /** As {@link #draft}, to be visible at a time. */
    Document later(Unit unit, String number, Instant at) {
        return draft(unit, number).toBuilder().acknowledge(true).publishAt(at).build();
    }

    /** As {@link #draft}, replacing another one. */
    Document replacing(Unit unit, String number, UUID other) {
        return draft(unit, number).toBuilder()
                .relations(List.of(new Document.Relation(Document.Relation.Kind.REPLACES, other, null)))
                .build();
    }

    /** Writes it by one editor and publishes it by another. */
    UUID publish(Document draft) {
        UUID id = UUID.randomUUID();
        documents.put(editor, id, draft, ANY);
        steps.step(editor, id, Step.SUBMIT, ANY);
        steps.step(editor2, id, Step.APPROVE, ANY);
        return id;
    }

    Saved<Document> read(Caller caller, UUID id) {
        return lists.get(caller, id);
    }

    @Override
    public List<Rule> anywhere(LocalDate day, String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Rule> find(LocalDate day, Unit unit, String key) {
        return Optional.of(on(day, unit, key));
    }

    @Override
    public Rule on(LocalDate day, Unit unit, String key) {
        return new Rule(key, persons, "test", "rule " + key);
    }

    /** An editor of a unit, or a member of a cell. */
    record Person(UUID account, Unit at, boolean edits) implements Caller {

        Person(Unit at, boolean edits) {
            this(UUID.randomUUID(), at, edits);
        }

        @Override
        public Optional<UUID> member() {
            return edits ? Optional.empty() : Optional.of(account);
        }

        @Override
        public Optional<Unit> cell() {
            return edits ? Optional.empty() : Optional.of(at);
        }

        @Override
        public List<Mandate> mandates() {
            return List.of(new Mandate("TEST", at.id(), LocalDate.EPOCH, null));
        }

        @Override
        public Set<Audience> audiences() {
            return Set.of();
        }

        @Override
        public Reach reach(Permission permission) {
            return new Reach(edits || permission.equals(Documents.READ) ? List.of(at) : List.of(), List.of());
        }

        @Override
        public boolean may(Permission permission, Unit unit) {
            return reach(permission).covers(unit);
        }

        @Override
        public boolean mayForSelf(Permission permission, UUID who) {
            return false;
        }

        @Override
        public boolean sees(Unit unit) {
            return at.isWithin(unit);
        }

        @Override
        public void require(Permission permission, Unit unit) {
            if (!may(permission, unit)) {
                throw sees(unit) ? Problem.forbidden() : Problem.notFound();
            }
        }
    }
}
