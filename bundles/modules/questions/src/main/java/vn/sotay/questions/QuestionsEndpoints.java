package vn.sotay.questions;

import java.time.LocalDate;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.http.Endpoints;
import vn.sotay.api.http.Reply;
import vn.sotay.api.http.Request;
import vn.sotay.api.http.Routes;
import vn.sotay.questions.Question.State;

/**
 * The module's endpoints: a table of routes, and one call each into {@link Questions}, to be read next, or {@link Answers}, {@link Messages},
 * {@link Entries}, {@link Ratings}, {@link Topics} and {@link Statistics}. The permission of a route is asked before it is called; whose a question is is asked there.
 */
@Component
public final class QuestionsEndpoints implements Endpoints {

    private static final String ALL = "/api/questions";
    private static final String ONE = ALL + "/{id}";
    private static final String ENTRIES = ALL + "/entries";
    private static final String TOPICS = ALL + "/topics";
    private static final String MESSAGES = ONE + "/messages";

    private final Questions questions;
    private final Answers answers;
    private final Messages messages;
    private final Entries entries;
    private final Ratings ratings;
    private final Topics topics;
    private final Statistics statistics;

    @Activate
    public QuestionsEndpoints(
            @Reference Questions questions,
            @Reference Answers answers,
            @Reference Messages messages,
            @Reference Entries entries,
            @Reference Ratings ratings,
            @Reference Topics topics,
            @Reference Statistics statistics) {
        this.questions = questions;
        this.answers = answers;
        this.messages = messages;
        this.entries = entries;
        this.ratings = ratings;
        this.topics = topics;
        this.statistics = statistics;
    }

    @Override
    public void routes(Routes r) {
        asking(r);
        answering(r);
        base(r);
    }

    private void asking(Routes r) {
        r.get(ALL)
                .needs(Questions.ASK)
                .givesPage(Question.class)
                .says("The caller's own questions, the newest first")
                .to(request -> Reply.ok(questions.own(request.caller(), request.limit(), request.after())));
        r.get(ONE)
                .needs(Questions.READ)
                .gives(Question.class)
                .audited("question")
                .says("A question, for its asker and the team that answers")
                .to(request -> Reply.of(questions.get(request.caller(), request.id("id"))));
        r.put(ONE)
                .needs(Questions.ASK)
                .takes(Question.class)
                .gives(Question.class)
                .says("Ask for oneself, or say anew whether it may be published")
                .to(request ->
                        Reply.of(questions.put(request.caller(), request.id("id"), request.body(Question.class))));
        r.put(ONE + "/rating")
                .needs(Questions.ASK)
                .takes(Ratings.Rating.class)
                .gives(Question.class)
                .says("Say whether the answer is of use")
                .to(request -> Reply.of(ratings.put(
                        request.caller(),
                        request.id("id"),
                        request.body(Ratings.Rating.class).useful())));
        r.get(MESSAGES)
                .needs(Questions.READ)
                .givesPage(Message.class)
                .audited("question")
                .says("What asker and team said to one another")
                .to(request ->
                        Reply.ok(messages.list(request.caller(), request.id("id"), request.limit(), request.after())));
        r.put(MESSAGES + "/{message}")
                .needs(Questions.READ)
                .takes(Message.class)
                .gives(Message.class)
                .says("Say something beside a question; as its asker also ask again")
                .to(request -> Reply.of(messages.put(
                        request.caller(), request.id("id"), request.id("message"), request.body(Message.class))));
    }

    private void answering(Routes r) {
        r.get(ALL + "/queue")
                .needs(Answers.ANSWER)
                .query(
                        "state",
                        State.class,
                        "in this state; when left out those that wait, whose day comes first before")
                .query("topic", UUID.class, "of this topic alone")
                .query("stale", Boolean.class, "true: those whose answer rests on what is in force no longer")
                .givesPage(Question.class)
                .audited("question")
                .says("The questions of the caller's teams")
                .to(this::queue);
        r.put(ONE + "/answer")
                .needs(Answers.ANSWER)
                .takes(Answer.class)
                .gives(Question.class)
                .says("Write the answer, to be released by somebody else")
                .to(request -> Reply.of(answers.put(
                        request.caller(), request.id("id"), request.body(Answer.class), request.ifMatch())));
        r.post(ONE + "/release")
                .needs(Answers.RELEASE)
                .gives(Question.class)
                .says("Release the answer that somebody else wrote")
                .to(request -> Reply.of(answers.release(request.caller(), request.id("id"), request.ifMatch())));
        r.put(ONE + "/route")
                .needs(Answers.ROUTE)
                .takes(Answers.Pass.class)
                .gives(Question.class)
                .says("Pass a question on: to the unit above, or by another topic")
                .to(request -> Reply.of(answers.pass(
                        request.caller(), request.id("id"), request.body(Answers.Pass.class), request.ifMatch())));
        r.put(ONE + "/merge")
                .needs(Answers.ANSWER)
                .takes(Answers.Merge.class)
                .gives(Question.class)
                .says("Answer a question with another one, which asks the same")
                .to(request -> Reply.of(answers.merge(
                        request.caller(),
                        request.id("id"),
                        request.body(Answers.Merge.class).into(),
                        request.ifMatch())));
        r.get(ALL + "/statistics")
                .needs(Statistics.COUNT)
                .query("from", LocalDate.class, "asked from this day on")
                .query("to", LocalDate.class, "asked to this day, itself included")
                .givesPage(Statistic.class)
                .says("How many questions were asked and how long answers took, by team and topic")
                .to(request -> Reply.ok(statistics.of(
                        request.caller(),
                        request.query("from", LocalDate.class).orElse(null),
                        request.query("to", LocalDate.class).orElse(null))));
        r.put(TOPICS + "/{topic}")
                .needs(Answers.ROUTE)
                .takes(Topic.class)
                .gives(Topic.class)
                .says("Write a topic and who answers it")
                .to(request -> Reply.of(topics.put(
                        request.caller(), request.id("topic"), request.body(Topic.class), request.ifMatch())));
    }

    private void base(Routes r) {
        r.get(TOPICS)
                .needs(Questions.READ)
                .givesPage(Topic.class)
                .says("What questions may be about")
                .to(request -> Reply.ok(topics.list(request.caller())));
        r.get(ENTRIES)
                .needs(Questions.READ)
                .query("topic", UUID.class, "of this topic alone")
                .givesPage(Entry.class)
                .says("The knowledge base, the newest first")
                .to(request -> Reply.ok(entries.list(
                        request.caller(),
                        request.query("topic", UUID.class).orElse(null),
                        request.limit(),
                        request.after())));
        r.get(ENTRIES + "/{entry}")
                .needs(Questions.READ)
                .gives(Entry.class)
                .says("A question with its answer in the knowledge base")
                .to(request -> Reply.of(entries.get(request.caller(), request.id("entry"))));
        r.put(ONE + "/publish")
                .needs(Answers.RELEASE)
                .takes(Entry.class)
                .gives(Entry.class)
                .says("Publish an answered question in the words of an editor, without a name")
                .to(request -> Reply.of(answers.publish(
                        request.caller(), request.id("id"), request.body(Entry.class), request.ifMatch())));
        r.delete(ONE + "/publish")
                .needs(Answers.RELEASE)
                .says("Take a question out of the knowledge base")
                .to(this::unpublish);
    }

    private Reply queue(Request request) {
        return Reply.ok(answers.queue(
                request.caller(),
                request.query("state", State.class).orElse(null),
                request.query("topic", UUID.class).orElse(null),
                request.query("stale", Boolean.class).orElse(false),
                request.limit(),
                request.after()));
    }

    private Reply unpublish(Request request) {
        answers.unpublish(request.caller(), request.id("id"));
        return Reply.nothing();
    }
}
