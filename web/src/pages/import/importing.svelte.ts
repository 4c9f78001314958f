import { asProblem } from '#api/problem.ts';
import type { ImportReport } from '#api/types.ts';

/** Where a file is. */
export type FileState =
  | 'waiting'
  | 'looking'
  | 'ready'
  | 'existing'
  | 'left-out'
  | 'importing'
  | 'imported'
  | 'failed';

/** What the files do not say. */
export interface Unsaid {
  readonly zone: string;
  readonly date: string;
}

/** Sends a file; a dry run stores nothing. */
export type Send = (file: File, unsaid: Unsaid, dryRun: boolean) => Promise<ImportReport>;

/** One file, what would become of it, and what became of it. */
export class ImportedFile {
  readonly file: File;
  /** With the folders in which it stands, where a folder was chosen. */
  readonly path: string;
  state = $state<FileState>('waiting');
  chosen = $state(true);
  report = $state.raw<ImportReport>();
  problem = $state<string>();

  constructor(file: File) {
    this.file = file;
    this.path = file.webkitRelativePath || file.name;
  }

  /** Whether importing it would store something. */
  get willImport(): boolean {
    return this.chosen && (this.state === 'ready' || this.state === 'failed') && !!this.report;
  }
}

/** Files that are looked at first and then imported, one after the other. */
export class Importing {
  files = $state.raw<readonly ImportedFile[]>([]);
  /** What is under way. */
  doing = $state<'nothing' | 'looking' | 'importing'>('nothing');
  /** How many of the files at hand are done. */
  done = $state(0);
  total = $state(0);
  stopped = $state(false);
  readonly #send: Send;
  #run = 0;

  constructor(send: Send) {
    this.#send = send;
  }

  get importable(): number {
    return this.files.filter((file) => file.willImport).length;
  }

  count(...states: readonly FileState[]): number {
    return this.files.filter(({ state }) => states.includes(state)).length;
  }

  /** Looks at these files, in the place of those before. Hidden ones and others are passed over. */
  async choose(files: Iterable<File>, unsaid: Unsaid): Promise<void> {
    const importable = [...files].map((file) => new ImportedFile(file)).filter(isPostmortem);
    this.files = importable.sort((a, b) => a.path.localeCompare(b.path, 'en'));
    await this.look(unsaid);
  }

  /** Asks of each file that is not imported yet what would become of it. */
  async look(unsaid: Unsaid): Promise<void> {
    const open = this.files.filter(({ state }) => state !== 'imported' && state !== 'existing');
    await this.#each('looking', open, async (file) => {
      file.state = 'looking';
      file.problem = undefined;
      try {
        file.report = await this.#send(file.file, unsaid, true);
        file.state = file.report.existing ? 'existing' : 'ready';
      } catch (thrown) {
        const problem = asProblem(thrown);
        file.report = undefined;
        file.problem = problem.message;
        file.state = problem.field === 'body' ? 'left-out' : 'failed';
      }
    });
  }

  /** Imports what was looked at and is chosen. */
  async import(unsaid: Unsaid): Promise<void> {
    const chosen = this.files.filter((file) => file.willImport);
    await this.#each('importing', chosen, async (file) => {
      file.state = 'importing';
      file.problem = undefined;
      try {
        file.report = await this.#send(file.file, unsaid, false);
        file.state = file.report.existing ? 'existing' : 'imported';
      } catch (thrown) {
        file.problem = asProblem(thrown).message;
        file.state = 'failed';
      }
    });
  }

  /** Ends after the file at hand. */
  stop(): void {
    if (this.doing === 'nothing') return;
    this.#run += 1;
    this.doing = 'nothing';
    this.stopped = true;
  }

  async #each(
    doing: 'looking' | 'importing',
    files: readonly ImportedFile[],
    work: (file: ImportedFile) => Promise<void>,
  ): Promise<void> {
    const run = ++this.#run;
    this.doing = doing;
    this.stopped = false;
    this.done = 0;
    this.total = files.length;
    for (const file of files) {
      await work(file);
      if (run !== this.#run) return;
      this.done += 1;
    }
    this.doing = 'nothing';
  }
}

/** Markdown and JSON, but what begins with a dot. */
function isPostmortem({ path }: ImportedFile): boolean {
  const isHidden = path.split('/').some((part) => part.startsWith('.'));
  return !isHidden && /\.(md|markdown|json)$/i.test(path);
}
