package vn.sotay.platform.search;

import java.util.Set;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;
import vn.sotay.api.search.SearchDocument;

/**
 * A document as the index keeps it.
 *
 * @param type of the thing
 * @param id of the thing
 * @param audiences who may know of it
 * @param better those who have a document of the same thing that says more, and are not shown this one beside it
 */
public record Entry(String type, UUID id, Set<String> audiences, Set<String> better, SearchDocument document) {

    /** Without positions: nobody asks for phrases of runs. */
    private static final FieldType COUNTED = new FieldType();

    static {
        COUNTED.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        COUNTED.setTokenized(true);
        COUNTED.freeze();
    }

    Document indexed() {
        Document all = new Document();
        all.add(new StringField(Fields.THING, thing(type, id), Field.Store.NO));
        all.add(new StringField(Fields.TYPE, type, Field.Store.YES));
        all.add(new SortedDocValuesField(Fields.TYPE, new BytesRef(type)));
        all.add(new SortedDocValuesField(Fields.THING, new BytesRef(thing(type, id))));
        all.add(new StoredField(Fields.ID, id.toString()));
        all.add(new StoredField(Fields.LINK, document.link()));
        audiences.forEach(audience -> all.add(new StringField(Fields.AUDIENCE, audience, Field.Store.NO)));
        better.forEach(audience -> all.add(new StringField(Fields.BETTER, audience, Field.Store.NO)));
        document.day().ifPresent(day -> {
            all.add(new StoredField(Fields.DAY, day.toString()));
            chosen(all, Fields.YEAR, Integer.toString(day.getYear()));
        });
        document.kind().ifPresent(kind -> chosen(all, Fields.KIND, kind));
        document.level().ifPresent(level -> chosen(all, Fields.LEVEL, level));
        document.issuer().map(Spelling::composed).ifPresent(issuer -> {
            all.add(new StringField(Fields.ISSUER, Fields.issuer(issuer), Field.Store.NO));
            all.add(new SortedDocValuesField(Fields.ISSUER, new BytesRef(issuer)));
        });
        document.force().ifPresent(force -> inForce(all, force));
        String title = Spelling.composed(document.title());
        String text = Spelling.composed(document.text());
        all.add(new StoredField(Fields.TITLE, title));
        all.add(new StoredField(Fields.TEXT, text));
        searched(all, title);
        searched(all, text);
        titled(all, title);
        document.number().map(Spelling::composed).ifPresent(number -> {
            all.add(new StoredField(Fields.BEARS, number));
            searched(all, number);
            titled(all, number);
            Numbers.of(number).forEach(term -> all.add(new StringField(Fields.NUMBER, term, Field.Store.NO)));
        });
        document.within().map(Spelling::composed).ifPresent(within -> {
            all.add(new StoredField(Fields.WITHIN, within));
            searched(all, within);
            all.add(new Field(Fields.WITHIN_RUNS, within, COUNTED));
        });
        return all;
    }

    private static void chosen(Document all, String field, String value) {
        all.add(new StringField(field, value, Field.Store.NO));
        all.add(new SortedDocValuesField(field, new BytesRef(value)));
    }

    private static void inForce(Document all, SearchDocument.Force force) {
        long from = force.from() == null ? Long.MIN_VALUE : force.from().toEpochDay();
        long until = force.until() == null ? Long.MAX_VALUE : force.until().toEpochDay();
        all.add(new NumericDocValuesField(Fields.FROM, from));
        all.add(new NumericDocValuesField(Fields.UNTIL, until));
        all.add(new StoredField(Fields.FROM, from));
        all.add(new StoredField(Fields.UNTIL, until));
        if (force.successor() != null) {
            all.add(new StoredField(Fields.SUCCESSOR, Spelling.composed(force.successor())));
        }
    }

    private static void searched(Document all, String text) {
        all.add(new TextField(Fields.WORDS, text, Field.Store.NO));
        all.add(new Field(Fields.RUNS, text, COUNTED));
        all.add(new Field(Fields.EXACT_WORDS, text, COUNTED));
        all.add(new Field(Fields.EXACT_RUNS, text, COUNTED));
    }

    private static void titled(Document all, String text) {
        all.add(new Field(Fields.TITLE_WORDS, text, COUNTED));
        all.add(new Field(Fields.TITLE_RUNS, text, COUNTED));
        all.add(new Field(Fields.TITLE_EXACT_RUNS, text, COUNTED));
    }

    /** By which all documents of a thing are known. */
    static String thing(String type, UUID id) {
        return type + ' ' + id;
    }
}
