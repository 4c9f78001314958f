import { Problem } from '#api/problem.ts';
import type { IncidentTimes } from '#api/types.ts';
import { Form } from '#lib/form.svelte.ts';
import { TypedTime } from './typed-time.svelte.ts';

export const INCIDENT_TIMES = [
  {
    field: 'started_at',
    label: 'Started',
    hint: 'When it began, even if nobody knew. A guess may be corrected later.',
  },
  {
    field: 'detected_at',
    label: 'Detected',
    hint: 'When somebody or something first noticed.',
  },
  {
    field: 'stabilised_at',
    label: 'Stabilised',
    hint: 'When production was safe again. Analysis opens then.',
  },
  { field: 'resolved_at', label: 'Resolved', hint: 'When all was as before.' },
] as const;

type TimeName = (typeof INCIDENT_TIMES)[number]['field'];

export interface IncidentFacts {
  readonly incident: IncidentTimes;
  readonly severity: string | null;
  readonly services: string[];
  readonly near_miss: boolean;
}

/** What is asked about an incident, where a post-mortem is opened and where that is corrected. */
export class IncidentForm extends Form {
  severity = $state('');
  services = $state('');
  nearMiss = $state(false);
  readonly times: Readonly<Record<TimeName, TypedTime>>;

  /** `near`: a moment from which the first time's date follows; `others`: fields beside these. */
  constructor(near: () => string, ...others: readonly string[]) {
    const names = INCIDENT_TIMES.flatMap(({ field }) => [field, `incident.${field}`]);
    super('severity', 'services', ...names, ...others);
    const started = new TypedTime(near);
    const afterwards = () => new TypedTime(() => started.at ?? near());
    this.times = {
      started_at: started,
      detected_at: afterwards(),
      stabilised_at: afterwards(),
      resolved_at: afterwards(),
    };
  }

  fill({
    incident,
    severity,
    services,
    near_miss,
  }: Partial<IncidentFacts> & Pick<IncidentFacts, 'incident'>) {
    this.nearMiss = near_miss ?? false;
    this.severity = severity ?? '';
    this.services = services?.join(', ') ?? '';
    for (const { field } of INCIDENT_TIMES) {
      this.times[field].text = incident[field] ?? '';
      void this.times[field].read();
    }
  }

  override error(field: string): string | undefined {
    return super.error(field) ?? super.error(`incident.${field}`);
  }

  /** Everything as it is to be sent; a {@link Problem} where a time is not clear yet. */
  async facts(): Promise<IncidentFacts> {
    await Promise.all(INCIDENT_TIMES.map(({ field }) => this.times[field].read()));
    const start = this.times.started_at.at;
    for (const { field } of INCIDENT_TIMES) refuse(field, this.times[field], start);
    if (!start) throw invalid('started_at', 'Say when it began; a guess will do.');
    return {
      incident: {
        started_at: start,
        detected_at: this.times.detected_at.at ?? null,
        stabilised_at: this.times.stabilised_at.at ?? null,
        resolved_at: this.times.resolved_at.at ?? null,
      },
      severity: this.severity.trim() || null,
      services: this.services
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
      near_miss: this.nearMiss,
    };
  }
}

function refuse(field: TimeName, time: TypedTime, start: string | undefined) {
  if (time.text.trim() !== '' && !time.at) throw invalid(field, time.question);
  if (time.at && start && Date.parse(time.at) < Date.parse(start)) {
    throw invalid(field, 'This is before it started.');
  }
}

function invalid(field: TimeName, detail: string | undefined): Problem {
  return new Problem(422, { field, detail });
}
