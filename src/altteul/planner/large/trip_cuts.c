/* Parts of a point of the relaxation that hang together too loosely, compiled: the unions and the
 * flows of trip_cuts.py. Ties fall as they do there. */

#include "basket.h"

#include <stdlib.h>
#include <string.h>

#define PRESENT 1e-6

/* ---- the laminar family: the two most closely tied parts become one ---- */

typedef struct {
    whole n;
    double *weight, *size, *best; /* best: of the parts after each, the closest, and how close */
    whole *closest;
    truth *gone;
} Parts;

static double closeness(const Parts *p, whole i, whole j) {
    double size = p->size[i] < p->size[j] ? p->size[i] : p->size[j];
    return p->weight[i * p->n + j] / (size > PRESENT ? size : PRESENT);
}

static void find_closest(Parts *p, whole i) {
    p->best[i] = -1.0, p->closest[i] = -1;
    for (whole j = i + 1; j < p->n; j++) {
        if (p->gone[j]) continue;
        double close = closeness(p, i, j);
        if (close > p->best[i]) p->best[i] = close, p->closest[i] = j;
    }
}

static void unite(Parts *p, whole keep, whole gone) {
    whole n = p->n;
    p->size[keep] = p->size[keep] + p->size[gone] - 2 * p->weight[keep * n + gone];
    for (whole j = 0; j < n; j++) {
        p->weight[keep * n + j] += p->weight[gone * n + j];
        p->weight[j * n + keep] = p->weight[keep * n + j];
    }
    p->weight[keep * n + keep] = 0.0;
    p->gone[gone] = 1;
    for (whole i = 0; i < n; i++) {
        if (p->gone[i]) continue;
        if (i == keep || p->closest[i] == keep || p->closest[i] == gone) {
            find_closest(p, i);
        } else if (i < keep) {
            double close = closeness(p, i, keep);
            if (close > p->best[i] || (close == p->best[i] && keep < p->closest[i]))
                p->best[i] = close, p->closest[i] = keep;
        }
    }
}

/* `weight` (n x n) is used up, `size` (n) are its borders. Fills the unions (up to n - 1: which part
 * stays and which goes) with the new borders; returns how many, or -1 without memory. */
whole closest_unions(whole n, double *weight, double *size, whole *unions, double *border) {
    Parts p = {.n = n, .weight = weight, .size = size};
    whole made = 0;
    p.best = malloc(n * sizeof(double)), p.closest = malloc(n * sizeof(whole));
    p.gone = calloc(n, 1);
    if (p.best && p.closest && p.gone) {
        for (whole i = 0; i < n; i++) find_closest(&p, i);
        for (; made < n - 1; made++) {
            whole keep = -1;
            for (whole i = 0; i < n; i++)
                if (!p.gone[i] && p.closest[i] >= 0 && (keep < 0 || p.best[i] > p.best[keep]))
                    keep = i;
            whole gone = keep < 0 ? -1 : p.closest[keep];
            if (keep < 0 || weight[keep * n + gone] <= PRESENT) break;
            unite(&p, keep, gone);
            unions[2 * made] = keep, unions[2 * made + 1] = gone, border[made] = size[keep];
        }
    } else {
        made = -1;
    }
    free(p.best), free(p.closest), free(p.gone);
    return made;
}

/* ---- smallest cuts between home and a seller: augmenting along shortest paths ---- */

typedef struct {
    whole n;
    const whole *begins, *ends, *back; /* arcs by their start, where each ends, which leads back */
    whole *left;                       /* what each arc still lets through */
    whole *queue, *by;                 /* by: the arc over which a seller was reached, or -1 */
} Flow;

static whole reach(Flow *f, whole sink) {
    whole head = 0, tail = 1;
    for (whole i = 0; i < f->n; i++) f->by[i] = -1;
    f->queue[0] = 0, f->by[0] = -2;
    while (head < tail) {
        whole here = f->queue[head++];
        for (whole arc = f->begins[here]; arc < f->begins[here + 1]; arc++) {
            whole there = f->ends[arc];
            if (f->by[there] != -1 || f->left[arc] <= 0) continue;
            f->by[there] = arc;
            if (there == sink) return 1;
            f->queue[tail++] = there;
        }
    }
    return 0;
}

static whole push(Flow *f, whole sink) {
    whole amount = NEVER;
    for (whole i = sink; i; i = f->ends[f->back[f->by[i]]]) amount = least(amount, f->left[f->by[i]]);
    for (whole i = sink; i; i = f->ends[f->back[f->by[i]]]) {
        f->left[f->by[i]] -= amount;
        f->left[f->back[f->by[i]]] += amount;
    }
    return amount;
}

/* For the `count` sellers in their order, unless an earlier one was cut off with them: is less than
 * `wanted` let through from home? Then the sellers away from home (n of them to a row of `away`) and
 * the seller are told. Returns how many, or -1 without memory. */
whole loose_parts(
    whole n, const whole *begins, const whole *ends, const whole *back, const whole *capacity,
    whole count, const whole *sellers, const whole *wanted, truth *away, whole *found
) {
    whole arcs = begins[n], cuts = 0;
    whole *room = malloc((arcs + 2 * n) * sizeof(whole));
    truth *done = calloc(n, 1);
    if (!room || !done) cuts = -1;
    Flow f = {.n = n, .begins = begins, .ends = ends, .back = back, .left = room};
    f.queue = room + arcs, f.by = f.queue + n;
    for (whole c = 0; c < count && cuts >= 0; c++) {
        whole sink = sellers[c], flow = 0;
        if (sink == 0 || done[sink]) continue;
        memcpy(f.left, capacity, arcs * sizeof(whole));
        while (flow < wanted[c] && reach(&f, sink)) flow += push(&f, sink);
        if (flow >= wanted[c]) continue;
        for (whole i = 0; i < n; i++) {
            away[cuts * n + i] = f.by[i] == -1;
            done[i] |= f.by[i] == -1;
        }
        found[cuts++] = sink;
    }
    free(room), free(done);
    return cuts;
}
