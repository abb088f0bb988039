/** Test support: what any answer of the API may hold. */
import type { AccessAnswer } from '../../wire/access.ts';
import type { ClientAnswer, ClientRefsAnswer, ClientsAnswer } from '../../wire/client.ts';
import type { CommentAnswer, CommentsAnswer } from '../../wire/comment.ts';
import type { CsvImported, CsvPreviewAnswer } from '../../wire/csv.ts';
import type { DayBlockAnswer, DayPlanAnswer } from '../../wire/day-plan.ts';
import type { FileAnswer, FilesAnswer } from '../../wire/file.ts';
import type { GoalAnswer, GoalsAnswer, GoalValuesAnswer } from '../../wire/goal.ts';
import type { Me } from '../../wire/me.ts';
import type { MilestoneAnswer, TimelineAnswer } from '../../wire/milestone.ts';
import type { MoreCardsAnswer } from '../../wire/more-cards.ts';
import type { MyWorkAnswer } from '../../wire/my-work.ts';
import type { NotificationSettingsAnswer, NotificationsAnswer } from '../../wire/notification.ts';
import type { OverviewAnswer, StatusUpdateAnswer } from '../../wire/overview.ts';
import type { ManagedPeopleAnswer, ManagedPersonAnswer, ProfileAnswer } from '../../wire/people.ts';
import type { PreferencesAnswer } from '../../wire/preferences.ts';
import type { ProblemBody } from '../../wire/problem.ts';
import type {
  MembersAnswer,
  MyProjectsAnswer,
  PeopleAnswer,
  ProjectAnswer,
  ProjectsAnswer,
  StatusesAnswer,
  TrashedProjectsAnswer,
} from '../../wire/project.ts';
import type { ProjectImported, ProjectPreviewAnswer } from '../../wire/project-file.ts';
import type { SavedViewsAnswer } from '../../wire/saved-view.ts';
import type { SearchAnswer } from '../../wire/search.ts';
import type { BurndownAnswer, PlanToDosAnswer, SprintCardsAnswer, SprintsAnswer } from '../../wire/sprint.ts';
import type { TagsAnswer } from '../../wire/tag.ts';
import type { BoardAnswer, CardAnswer, Changed, ChangeSeveralAnswer, MovedTo, ToDoAnswer } from '../../wire/to-do.ts';
import type { CalendarFeedAnswer, NewTokenAnswer, TokensAnswer } from '../../wire/token.ts';
import type { TrashAnswer } from '../../wire/trash.ts';
import type {
  DeliveriesAnswer,
  DeliveryAnswer,
  NewWebhookAnswer,
  WebhookAnswer,
  WebhooksAnswer,
} from '../../wire/webhook.ts';

type PlanningAnswers = MilestoneAnswer &
  TimelineAnswer &
  SprintsAnswer &
  SprintCardsAnswer &
  BurndownAnswer &
  PlanToDosAnswer &
  GoalAnswer &
  GoalsAnswer &
  GoalValuesAnswer &
  OverviewAnswer &
  StatusUpdateAnswer;

/** What any answer of the API may hold; a test says by its asserts what it expects. */
export type AnswerBody = Partial<
  Me &
    ProjectsAnswer &
    TrashedProjectsAnswer &
    ProjectAnswer &
    PeopleAnswer &
    MembersAnswer &
    StatusesAnswer &
    ClientAnswer &
    ClientsAnswer &
    ClientRefsAnswer &
    ManagedPeopleAnswer &
    ManagedPersonAnswer &
    ProfileAnswer &
    AccessAnswer &
    BoardAnswer &
    MoreCardsAnswer &
    CardAnswer &
    ToDoAnswer &
    Changed &
    ChangeSeveralAnswer &
    TagsAnswer &
    TrashAnswer &
    MovedTo &
    CommentsAnswer &
    CommentAnswer &
    FilesAnswer &
    FileAnswer &
    MyWorkAnswer &
    PreferencesAnswer &
    MyProjectsAnswer &
    DayPlanAnswer &
    DayBlockAnswer &
    SavedViewsAnswer &
    SearchAnswer &
    PlanningAnswers &
    NotificationsAnswer &
    TokensAnswer &
    NewTokenAnswer &
    CalendarFeedAnswer &
    NotificationSettingsAnswer &
    CsvPreviewAnswer &
    CsvImported &
    ProjectPreviewAnswer &
    ProjectImported &
    WebhooksAnswer &
    WebhookAnswer &
    NewWebhookAnswer &
    DeliveriesAnswer &
    DeliveryAnswer &
    ProblemBody
>;
