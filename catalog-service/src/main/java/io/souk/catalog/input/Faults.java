package io.souk.catalog.input;

import io.souk.kit.problem.Problem;
import io.souk.kit.problem.ProblemCode;

import java.util.ArrayList;
import java.util.List;

import static io.souk.kit.problem.KitProblem.INVALID;

/** Collects what is wrong with one document, so that its sender learns all of it at once. */
public final class Faults {
    /** More than this many help nobody; a document of a megabyte could hold a hundred thousand. */
    public static final int MAX = Problem.MAX_ERRORS;

    private final List<Fault> faults = new ArrayList<>(0);

    public void at(String pointer, String detail) {
        if (faults.size() < MAX) {
            faults.add(new Fault(pointer, detail));
        }
    }

    public boolean none() {
        return faults.isEmpty();
    }

    public List<Fault> list() {
        return List.copyOf(faults);
    }

    /** Ends the request with 422 if anything is wrong. */
    public void refuse() {
        if (!none()) {
            throw problem(INVALID, faults.size() == 1 ? "A field breaks a rule" : "Some fields break a rule");
        }
    }

    /** The faults as one refusal. */
    public Problem problem(ProblemCode code, String detail) {
        var problem = code.because(detail);
        faults.forEach(fault -> problem.at(fault.pointer(), fault.detail()));
        return problem;
    }
}
